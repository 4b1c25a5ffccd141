import { Readable } from "node:stream";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { type Answered, AnswerTooLong, OutgoingRefused } from "../kernel/outgoing/outgoing.ts";
import { largestFile, nameOfType } from "./file-types.ts";
import type { Messaging } from "./messaging.ts";
import type { MessageAddress, MessageFile } from "./model.ts";

/** Within so long a carrier gives us a picture, ms. */
const mediaMs = 10_000;
/** Answers of a carrier's that may be others later, beside those of a server in trouble (RFC 9110, 6585, 8470). */
const passing: readonly number[] = [408, 425, 429];

/** Pictures and other files of what customers send, from where their carrier keeps them. */
export function carrierPictures(
	files: Pick<Messaging["files"], "keep">,
	{ outgoing, operators }: { outgoing: Pick<Kernel["outgoing"], "ask">; operators: Kernel["operators"] },
) {
	async function asked({ settings }: MessageAddress, url: URL): Promise<Answered> {
		const { authorization } = settings.carrier ?? {};
		// What opens the carrier's door is shown at that door alone.
		const isTheirs = authorization !== undefined && url.origin === new URL(settings.webhookUrl ?? "").origin;
		const headers: Record<string, string> = isTheirs ? { authorization } : {};
		return outgoing.ask(url, { method: "GET", headers, timeoutMs: mediaMs, mostBytes: largestFile });
	}

	function tell({ address }: MessageAddress, url: URL, reason: string, isForGood: boolean): void {
		const text = isForGood
			? "a picture that a carrier of texts told of cannot be had; the text says so"
			: "a picture that a carrier of texts told of could not be had; the carrier brings it again";
		operators.warn({ event: "message.media.missing", address, host: url.host, reason, isForGood }, text);
	}

	return {
		/**
		 * Undefined for what is none of the kinds that are taken; `gone` where asking again changes nothing: the carrier has it no
		 * more, leads elsewhere, or it is too large.
		 * @throws ApiError 502 where it may be had later: the carrier brings it again
		 */
		async fetched(address: MessageAddress, url: URL): Promise<MessageFile | undefined | "gone"> {
			let answer: Answered;
			try {
				answer = await asked(address, url);
			} catch (error) {
				const isForGood = error instanceof AnswerTooLong || error instanceof OutgoingRefused;
				tell(address, url, error instanceof Error ? error.message : "", isForGood);
				if (isForGood) return "gone";
				throw missing();
			}
			const { status, body, headers } = answer;
			if (status !== 200) {
				const isForGood = status < 500 && !passing.includes(status);
				tell(address, url, String(status), isForGood);
				if (isForGood) return "gone";
				throw missing();
			}
			const name = nameOfType(headers["content-type"] ?? "");
			if (!name || body.length === 0) return undefined;
			const kept = files.keep({ name, size: body.length }, Readable.from([body]));
			return kept.catch((error: unknown) => {
				if (error instanceof ApiError && error.status === 400) return undefined;
				throw error;
			});
		},
	};
}

function missing(): ApiError {
	return new ApiError(502, "message.media.missing", "A file of the message could not be had.");
}
