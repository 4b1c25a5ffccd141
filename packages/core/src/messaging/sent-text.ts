import { mostSegments, smsSegments } from "@inlay/contract/sms-segments";
import type { MessageChannel } from "../conversations/message/model.ts";
import { badField } from "../kernel/http/api-error.ts";
import { tooLong } from "./refusals.ts";

/** What other channels than texts to phones take (platform-api 5.10). */
const longestText = 2000;
/** What a messenger takes in either direction (agent-features 11, "Protocol"). */
export const longestWebText = 4000;

/** @returns as how many texts it is sent, for phones @throws ApiError 400 naming `textBody` */
export function readText(text: string, channel: MessageChannel): { segments?: number } {
	if (text.trim() === "") throw badField("textBody", "An empty message cannot be sent.");
	if (channel !== "sms") {
		const most = channel === "webmessaging" ? longestWebText : longestText;
		if ([...text].length > most) throw tooLong(`${most} characters long`);
		return {};
	}
	const { segments, encoding } = smsSegments(text);
	if (segments > mostSegments) throw tooLong(encoding === "GSM-7" ? "765 characters long" : "335 characters long");
	return { segments };
}
