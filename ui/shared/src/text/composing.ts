// Whether a key press belongs to an input method. Whoever acts on a key asks here first.

/** WebKit reports the key that ends a composition with key code 229 and without the flag. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;
