/** Inbound work as the panel gets it, medium by medium: what a script is told of it, in the captured order (framework-contract 7 and 8.1). */
import { deservesScreenPop, type Interaction, searchStringOf } from "@inlay/contract";

/** Each gives the interaction that the script was told of; `given` replaces what a test cares about. */
export interface Deliver {
	call(given?: Partial<Interaction>): Interaction;
	callback(given?: Partial<Interaction>): Interaction;
	chat(given?: Partial<Interaction>): Interaction;
	mail(given?: Partial<Interaction>): Interaction;
	message(given?: Partial<Interaction>): Interaction;
}

export interface DeliverParts {
	sample(given: Partial<Interaction>): Interaction;
	emit(category: "add" | "change", data: unknown): void;
	pop(searchString: string, interaction: Interaction): void;
}

const started = { startTime: "2026-11-27T09:00:00.000Z" };
const written = { phone: undefined, ani: undefined, calledNumber: undefined } as unknown as Partial<Interaction>;

/** `add` without a start time, a `change` that brings it, then the pop, where the panel would pop. */
export function createDeliver({ sample, emit, pop }: DeliverParts): Deliver {
	const deliver = (medium: Partial<Interaction>, given: Partial<Interaction> = {}) => {
		const interaction = sample({ ...started, ...medium, ...given });
		const { startTime, ...first } = interaction;
		emit("add", first);
		if (startTime !== undefined) emit("change", { old: first, new: interaction });
		if (deservesScreenPop(interaction)) pop(searchStringOf(interaction), interaction);
		return interaction;
	};
	const mail = { isEmail: true, displayAddress: "ada@example.com", ...written };
	return {
		call: (given) => deliver({}, given),
		callback: (given) => deliver({ isCallback: true, callbackNumbers: ["+493012345"] }, given),
		chat: (given) => deliver({ isChat: true, displayAddress: "Ada Lovelace", ...written }, given),
		mail: (given) => deliver(mail, given),
		message: (given) => deliver({ isMessage: true, messageType: "sms", ...written }, given),
	};
}
