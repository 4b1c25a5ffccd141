import type { Message, MessageAddress } from "../model.ts";
import type { MessageProvider } from "../provider.ts";

/** A far end that keeps what it gets, each message once, and fails as often as it is told. */
export function fakeProvider() {
	const got = new Map<string, string>();
	const failures: Error[] = [];
	let tries = 0;
	let beforeAnswer: (providerId: string) => Promise<unknown> = async () => {};
	return {
		/** What it has, by the message's id. */
		got,
		tries: () => tries,
		fail: (...errors: Error[]) => void failures.push(...errors),
		/** Happens before the sender learns what its message is called. */
		beforeAnswer: (does: (providerId: string) => Promise<unknown>) => {
			beforeAnswer = does;
		},
		async send(_address: MessageAddress, message: Message) {
			tries++;
			const failure = failures.shift();
			if (failure) throw failure;
			got.set(message.id, message.text);
			const providerId = `p-${message.id}`;
			await beforeAnswer(providerId);
			return { providerId };
		},
	} satisfies MessageProvider & Record<string, unknown>;
}
