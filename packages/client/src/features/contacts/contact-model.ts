import { signal } from "@preact/signals";
import { ApiError } from "../../session/api.ts";
import type { LiveInteraction, MediaType } from "../../session/interaction.ts";
import { Again } from "../../shell/again-when-back.ts";
import { findContacts, type WireContact } from "../../shell/external-contacts.ts";
import { looksLikeNumber } from "../../shell/numbers.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** As associations name media. */
const mediaTypes: Readonly<Record<MediaType, string>> = {
	call: "CALL",
	callback: "CALLBACK",
	chat: "CHAT",
	email: "EMAIL",
	message: "MESSAGE",
};

const searchAfterMs = 300;

/** The contact that somebody outside is: the conversation says who. */
export function contactIdOf({ source, outsideId }: Pick<LiveInteraction, "source" | "outsideId">): string | undefined {
	return source.participants?.find(({ id }) => id === outsideId)?.externalContactId;
}

/** Who the customer of one interaction is, and how the agent says it. */
export class ContactModel {
	readonly contact = signal<WireContact | undefined>(undefined);
	readonly state = signal<"ready" | "gone" | "failed">("ready");
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	/** What the agent is doing about it. */
	readonly doing = signal<"nothing" | "finding" | "making">("nothing");
	readonly text = signal("");
	readonly found = signal<readonly WireContact[] | undefined>(undefined);
	readonly firstName = signal("");
	readonly lastName = signal("");
	readonly refused = signal<string | undefined>(undefined);
	readonly #workspace: Workspace;
	readonly #again: Again;
	#cancel = () => {};
	/** The newest question's answer counts. */
	#asked = 0;
	#id: string | undefined;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.#again = new Again(workspace.session);
	}

	may(entity: "contact" | "conversation", action: string): boolean {
		return ["externalContacts", "relate"].some((domain) => this.#workspace.can(`${domain}:${entity}:${action}`));
	}

	/** The conversation says that it is this contact now. Never rejects. */
	async follow(id: string | undefined): Promise<void> {
		if (id === this.#id) return;
		this.#id = id;
		this.contact.value = undefined;
		this.close();
		await this.load();
	}

	/** Never rejects. */
	async load(): Promise<void> {
		const asked = ++this.#asked;
		const id = this.#id;
		this.state.value = "ready";
		this.why.value = undefined;
		if (id === undefined) return;
		try {
			const contact = await this.#workspace.session.api.get<WireContact>(`/externalcontacts/contacts/${id}`);
			if (asked === this.#asked) this.contact.value = contact;
		} catch (error) {
			if (asked !== this.#asked) return;
			this.state.value = error instanceof ApiError && error.status === 404 ? "gone" : "failed";
			this.why.value = error;
		}
	}

	/** Looks for contacts, once the typing pauses. */
	input(text: string): void {
		this.text.value = text;
		this.#cancel();
		this.#again.dispose();
		this.#cancel = this.#workspace.session.clock.after(searchAfterMs, () => void this.#find(text.trim()));
	}

	async #find(text: string): Promise<void> {
		this.refused.value = undefined;
		if (text === "") {
			this.found.value = undefined;
			return;
		}
		try {
			const found = await findContacts(this.#workspace.session.api, text);
			if (text !== this.text.peek().trim()) return;
			this.found.value = found;
			this.#again.dispose();
		} catch (error) {
			const refused = await this.#workspace.describe(error);
			if (text !== this.text.peek().trim()) return;
			this.refused.value = refused;
			this.#again.after(error, () => void this.#find(text));
		}
	}

	close(): void {
		this.#cancel();
		this.#again.dispose();
		this.doing.value = "nothing";
		this.text.value = "";
		this.found.value = undefined;
		this.refused.value = undefined;
	}

	busyKey(call: LiveInteraction): string {
		return `contact.${call.id}`;
	}

	/** @param externalContactId none: the customer is nobody known */
	async associate(call: LiveInteraction, externalContactId?: string): Promise<void> {
		const body = {
			conversationId: call.id,
			communicationId: call.communicationId,
			mediaType: mediaTypes[call.media],
			...(externalContactId ? { externalContactId } : {}),
		};
		await this.#told(call, async () => {
			await this.#workspace.session.api.put(`/externalcontacts/conversations/${call.id}`, body);
			this.close();
		});
	}

	/** Makes a contact of who is there, with the number or address that they have. */
	async make(call: LiveInteraction): Promise<void> {
		const names = { firstName: this.firstName.peek().trim(), lastName: this.lastName.peek().trim() };
		let id = "";
		await this.#told(call, async () => {
			const body = { ...names, ...reachedBy(call.remoteAddress) };
			id = (await this.#workspace.session.api.post<{ id: string }>("/externalcontacts/contacts", body)).id;
		});
		if (id) await this.associate(call, id);
	}

	dispose(): void {
		this.#cancel();
		this.#again.dispose();
		this.#asked += 1;
	}

	/** A refusal is said where the agent is. */
	async #told(call: LiveInteraction, work: () => Promise<void>): Promise<void> {
		this.refused.value = undefined;
		await this.#workspace.attempt(this.busyKey(call), async () => {
			try {
				await work();
			} catch (error) {
				this.refused.value = await this.#workspace.describe(error);
			}
		});
	}
}

/** What their number or address is kept as; names that programs give who writes are neither. */
function reachedBy(address: string) {
	if (address.includes("@")) return { workEmail: address };
	return looksLikeNumber(address) ? { cellPhone: { userInput: address } } : {};
}
