// The wire types of the desk, one a file, as ts-rs writes them. Refuses to hold anything else.
import type { Confidence } from "./Confidence";
import type { Culprit } from "./Culprit";
import type { EvidenceRef } from "./EvidenceRef";
import type { Message } from "./Message";
import type { MessageId } from "./MessageId";
import type { Timestamp } from "./Timestamp";

export type Verdict = { id: MessageId, culprit: Culprit, confidence: Confidence, message: Message, measured_at: Timestamp, evidence: Array<EvidenceRef>, };
