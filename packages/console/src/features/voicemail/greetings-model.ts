import type { Api } from "../../session/api.ts";
import { Paged, type Slice } from "../../session/paged.ts";
import type { Greeting } from "./greeting-model.ts";

const path = "/api/inlay/v1/voicemail/greetings";

/** What callers of groups' and queues' mailboxes hear first, searched and paged on the server. */
export class GreetingsModel {
	readonly greetings: Paged<Greeting>;

	constructor(api: Api) {
		this.greetings = new Paged(({ text, number, size }) => {
			const query = new URLSearchParams({ pageSize: String(size), pageNumber: String(number) });
			if (text !== "") query.set("name", text);
			return api.request<Slice<Greeting>>("GET", `${path}?${query}`);
		});
	}
}

/** How the page of one greeting is addressed: whose it is. */
export function addressOf({ type, id }: Pick<Greeting, "type" | "id">): string {
	return `${type}-${id}`;
}

/** @returns undefined where the address is nobody's */
export function ownerOf(address: string): Pick<Greeting, "type" | "id"> | undefined {
	const [, type, id] = /^(group|queue)-(.+)$/.exec(address) ?? [];
	return id === undefined ? undefined : { type: type as Greeting["type"], id };
}

/** Whether any caller comes to hear it. */
export function isHeard({ mailboxesAnswer, takesMessages, takesOverflow }: Greeting): boolean {
	return mailboxesAnswer && (takesMessages || takesOverflow);
}
