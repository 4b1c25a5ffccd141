import { language, locale } from "@inlay/ui";
import type { ApiError } from "../session/api.ts";
import { type refusalTexts, t } from "./refusal-strings.ts";
import { t as shellText } from "./strings.ts";

type Meaning = keyof typeof refusalTexts.en | "mayNot" | "nobodyConsulted";

/** What the server's codes mean for an agent. `refusal-text.test.ts` finds codes that stand nowhere. */
export const meanings: Readonly<Record<string, Meaning>> = {
	"conversation.error.invalid.state": "changed",
	"conversation.error.consult.transfer.no.initiator": "changed",
	"conversation.error.participant.not.found": "notYours",
	"conversation.error.communication.not.found": "notYours",
	"conversation.error.not.conversation.participant": "notYours",
	"not.found": "notYours",
	"conversation.error.target.self": "self",
	"conversation.error.destination.busy": "beingCalled",
	"conversation.error.colleague.connected": "colleagueThere",
	"conversation.error.outsider.connected": "outsiderThere",
	"consult.destination.busy": "beingCalled",
	"consult.already.active": "consultGoesOn",
	"consult.while.held": "consultWhileHeld",
	"conversation.error.consult.transfer.pending.not.found": "nobodyConsulted",
	"conference.limit": "full",
	"general.conflict": "conflict",
	"voicemail.claimed": "claimed",
	"recording.consent.missing": "noConsent",
	"message.recipient.optedOut": "optedOut",
	"message.conversation.busy": "writingElsewhere",
	"message.conversation.open": "canGoOn",
	"message.again.sent": "changed",
	"message.too.long": "messageTooLong",
	"message.address.gone": "addressGone",
	"message.file.type": "fileOfAnotherKind",
	"message.file.size": "fileTooLarge",
	"message.file.off": "filesOff",
	"email.draft.stale": "emailStale",
	"email.size": "emailSize",
	"email.recipient.invalid": "emailRecipient",
	"email.route.noOutbound": "emailNoAddress",
	"email.notFailed": "emailNotFailed",
	"email.goesOn": "writingElsewhere",
	"email.notUndoable": "emailNotFailed",
	"conversation.park.limit": "parkedMost",
	"attachment.type": "attachmentType",
	"number.invalid": "contactNumber",
	"zone.unknown": "contactZone",
	"key.missing": "contactKey",
	"version.conflict": "conflict",
	"request.conflict": "conflict",
	"resource.already.exists": "conflict",
	"idempotency.key.reused": "conflict",
	"storage.full": "storageFull",
	"too.many.requests": "tooMany",
	"service.unavailable": "trouble",
	"internal.server.error": "trouble",
	"outcome.unknown": "unknown",
	"not.implemented": "notOffered",
	"not.supported": "notOffered",
	"method.not.allowed": "notOffered",
	"bad.request": "input",
	"invalid.value": "input",
	"invalid.property": "input",
	"request.entity.too.large": "input",
	"not.yet": "input",
	"callback.time.outsideWindow": "input",
	"conversation.error.consult.transfer.no.destination": "input",
	"file.gone": "file",
	"file.link.over": "file",
	"file.link.invalid": "file",
	"presence.not.authorized.update.on.queue": "mayNot",
	"presence.after.call.work": "afterCallWork",
	"not.a.member": "mayNot",
	"not.a.user": "mayNot",
	"missing.permissions": "mayNot",
	"missing.any.permissions": "mayNot",
	"missing.division.permission": "mayNot",
	"app.not.authorized.for.scope": "mayNot",
};

/** Which field, or which state, it is the server says best, to those who read its language. */
const saidBest: ReadonlySet<Meaning> = new Set(["input", "changed", "conflict", "notOffered"]);

/** The refusal in the reader's language; undefined where only the server has words for it. */
export function refusalText({ code, params, message }: ApiError): string | undefined {
	const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
	if (!meaning) return undefined;
	if (meaning === "mayNot" || meaning === "nobodyConsulted") return shellText(meaning);
	if (meaning === "writingElsewhere" && params.name) return t("writingWith", params);
	if (language.value === "en" && saidBest.has(meaning)) return message;
	return t(meaning, params.date ? { ...params, date: dateText(params.date) } : params);
}

/** @param date ISO 8601 */
export function dateText(date: string): string {
	const at = Date.parse(date);
	if (Number.isNaN(at)) return date;
	return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short" }).format(at);
}
