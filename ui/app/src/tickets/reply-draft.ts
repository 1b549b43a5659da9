// Keeps an answer that is being written while the window lives. What was sent is in the view.

const key = (number: string): string => `nightline-reply-${number}`;

export function loadReply(number: string): string {
  try {
    return sessionStorage.getItem(key(number)) ?? "";
  } catch {
    return "";
  }
}

export function keepReply(number: string, text: string): void {
  try {
    if (text === "") sessionStorage.removeItem(key(number));
    else sessionStorage.setItem(key(number), text);
  } catch {
    // A web view that keeps nothing: the text stays in the field.
  }
}
