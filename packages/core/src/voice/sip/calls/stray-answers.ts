import { type DialogState, dialogOfAnswer, requestWithin } from "../dialogs/dialog.ts";
import type { Line } from "../lines/line.ts";
import type { Lines } from "../lines/lines.ts";
import { writeUri } from "../messages/address.ts";
import { cseqOf, header, type SipRequest, type SipResponse } from "../messages/message.ts";
import type { SipPeer } from "../transport/peer.ts";
import type { Transactions } from "../transport/transactions.ts";
import type { CallBook } from "./call-book.ts";
import type { KeptCalls } from "./kept-calls.ts";

/** So many are let go at once: whoever has more answers than we have calls makes them up. */
const mostLettingGo = 100;

export interface StrayAnswersParts {
	lines: Lines;
	calls: CallBook;
	kept: KeptCalls;
	transactions: Pick<Transactions, "say">;
}

/**
 * Answers that nobody waits for: our ACK was lost; or somebody else has answered too, as behind a forking proxy; or whom the last
 * run rang has answered it. They are let go.
 */
export class StrayAnswers {
	readonly #parts: StrayAnswersParts;
	/** Calls that nobody wants, by id: they are told so once. */
	readonly #lettingGo = new Set<string>();

	constructor(parts: StrayAnswersParts) {
		this.#parts = parts;
	}

	take(response: SipResponse, from: SipPeer): void {
		const { lines, calls, kept } = this.#parts;
		const callId = header(response, "call-id") ?? "";
		const cseq = cseqOf(response).number;
		const call = calls.all.find(({ dialog }) => dialog?.callId === callId);
		if (call?.dialog && call.dialog.remote === header(response, "to")) {
			void call.parts.say(requestWithin(call.dialog, "ACK", { cseq }), call.dialog.peer);
			return;
		}
		// A call of the last run that is still to be taken up: its re-INVITE agrees anew.
		if (kept.hasCallId(callId)) return;
		const line = lines.at(from);
		if (!line || this.#lettingGo.has(callId) || this.#lettingGo.size >= mostLettingGo) return;
		this.#lettingGo.add(callId);
		const uri = writeUri({ scheme: "sip", user: "", host: from.address, params: {} });
		const asked: SipRequest = { method: "INVITE", uri, body: "", headers: response.headers };
		const other = dialogOfAnswer(asked, response, from, header(response, "contact") ?? "");
		void this.#letGo(line, other, cseq)
			.catch(() => {})
			.finally(() => this.#lettingGo.delete(callId));
	}

	async #letGo(line: Line, dialog: DialogState, cseq: number): Promise<void> {
		dialog.contact = await line.contact(dialog.peer);
		await this.#parts.transactions.say(requestWithin(dialog, "ACK", { cseq }), dialog.peer);
		await line.ask(requestWithin(dialog, "BYE"), dialog.peer);
	}
}
