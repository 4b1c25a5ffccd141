import { type MailCarrier, MailRefused } from "../carrier.ts";
import type { ComposedMail } from "../compose.ts";

/** Takes mails as a test says, and keeps them. */
export function fakeCarrier(): MailCarrier & {
	sent: ComposedMail[];
	/** What the next mails meet: a refusal, or a server that is away. */
	next: Array<"away" | { refused: string } | { partly: string }>;
} {
	const sent: ComposedMail[] = [];
	const next: Array<"away" | { refused: string } | { partly: string }> = [];
	return {
		sent,
		next,
		async send(_domain, mail) {
			const met = next.shift();
			if (met === "away") throw new Error("connect ECONNREFUSED");
			if (met && "refused" in met) throw new MailRefused({ code: "email.refused", message: met.refused });
			sent.push(mail);
			return { refused: met ? [{ email: met.partly, text: "550 no such user" }] : [] };
		},
		async check() {},
	};
}
