// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Confidence } from "./Confidence";
import type { Culprit } from "./Culprit";
import type { EvidenceRef } from "./EvidenceRef";
import type { Grade } from "./Grade";
import type { Message } from "./Message";
import type { MessageId } from "./MessageId";

export type Finding = { id: MessageId, severity: Grade, confidence: Confidence, message: Message, advice?: Message, culprit: Culprit, evidence: Array<EvidenceRef>, };
