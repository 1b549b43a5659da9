/* Random bytes by the older call, which every Wine has. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *buffer, SIZE_T length)
{
    const SIZE_T most = 1 << 20;
    while (length > 0) {
        SIZE_T now = length < most ? length : most;
        if (!SystemFunction036(buffer, (ULONG)now))
            return FALSE;
        buffer += now;
        length -= now;
    }
    return TRUE;
}
