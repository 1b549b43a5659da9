/* Answers every question about performance with "there is no such counter". */
#include <windows.h>

static const LONG no_object = (LONG)0xC0000BB8L;

#define ANSWER(name, ...) \
    __declspec(dllexport) LONG WINAPI name(__VA_ARGS__) { return no_object; }

ANSWER(PdhEnumObjectsA, LPCSTR source, LPCSTR machine, LPSTR list, DWORD *length, DWORD detail, BOOL refresh)
ANSWER(PdhEnumObjectsW, LPCWSTR source, LPCWSTR machine, LPWSTR list, DWORD *length, DWORD detail, BOOL refresh)
ANSWER(PdhOpenQueryA, LPCSTR source, DWORD_PTR data, HANDLE *query)
ANSWER(PdhOpenQueryW, LPCWSTR source, DWORD_PTR data, HANDLE *query)
ANSWER(PdhAddEnglishCounterA, HANDLE query, LPCSTR path, DWORD_PTR data, HANDLE *counter)
ANSWER(PdhAddEnglishCounterW, HANDLE query, LPCWSTR path, DWORD_PTR data, HANDLE *counter)
ANSWER(PdhCollectQueryData, HANDLE query)
ANSWER(PdhCollectQueryDataEx, HANDLE query, DWORD seconds, HANDLE event)
ANSWER(PdhGetFormattedCounterValue, HANDLE counter, DWORD format, DWORD *type, void *value)
ANSWER(PdhGetFormattedCounterArrayA, HANDLE counter, DWORD format, DWORD *size, DWORD *count, void *items)
ANSWER(PdhGetFormattedCounterArrayW, HANDLE counter, DWORD format, DWORD *size, DWORD *count, void *items)
ANSWER(PdhRemoveCounter, HANDLE counter)
ANSWER(PdhCloseQuery, HANDLE query)
