// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { MessageId } from "./MessageId";
import type { Value } from "./Value";

export type Message = { id: MessageId, args: { [key in string]: Value }, text: string, };
