import type { MessageStatus } from "../conversations/message/model.ts";
import type { CarrierSettings } from "./model.ts";
import { at, defaultCarrier, textAt } from "./providers/carrier-form.ts";

/** What a carrier brings: what somebody wrote, or what became of what was sent. */
export type CarrierEvent =
	| { kind: "message"; id: string; from: string; text: string; media: string[] }
	| { kind: "receipt"; id: string; status: MessageStatus; error?: string };

/** Of one message. */
const mostMedia = 10;

/** What carriers call how far a text has come, in lower case (SMPP 3.4 and the words in use beside it). */
const statuses: Readonly<Record<string, MessageStatus>> = {
	...words("sent", "sent", "accepted", "acceptd", "enroute", "buffered"),
	...words("delivery-success", "delivered", "delivrd", "delivery-success"),
	...words("read", "read", "seen"),
	...words("delivery-failed", "failed", "undelivered", "undeliv", "delivery-failed", "rejected", "rejectd"),
	...words("delivery-failed", "expired", "deleted", "unknown", "error"),
};

function words(status: MessageStatus, ...said: string[]) {
	return Object.fromEntries(said.map((one) => [one, status]));
}

/** Undefined for what is neither: carriers tell of more than is asked. */
export function carrierEvent(body: unknown, { inbound }: CarrierSettings = defaultCarrier): CarrierEvent | undefined {
	const id = textAt(body, inbound.id);
	if (!id || id.length > 200) return undefined;
	const said = textAt(body, inbound.status)?.toLowerCase();
	const status = said !== undefined && Object.hasOwn(statuses, said) ? statuses[said] : undefined;
	const from = textAt(body, inbound.from);
	const text = textAt(body, inbound.text) ?? "";
	const media = addressesIn(at(body, inbound.media));
	if (from && (text.trim() !== "" || media.length > 0)) return { kind: "message", id, from, text, media };
	if (!status) return undefined;
	const error = textAt(body, inbound.error)?.slice(0, 500).toWellFormed();
	return { kind: "receipt", id, status, ...(error ? { error } : {}) };
}

/** Texts, or objects with a `url`. */
function addressesIn(found: unknown): string[] {
	const all = Array.isArray(found) ? found : [found];
	const texts = all.map((one) => (typeof one === "string" ? one : textAt(one, "url")));
	return texts
		.filter((one) => one !== undefined && /^https?:\/\//i.test(one) && URL.canParse(one))
		.slice(0, mostMedia) as string[];
}
