import { permissionMatches } from "@inlay/contract";
import { Attempts } from "@inlay/contract/attempts";
import { effect, signal } from "@preact/signals";
import { ApiError } from "./api.ts";
import type { LiveInteraction } from "./interaction.ts";
import { partyIsLive, userOf } from "./participants.ts";
import type { Session } from "./session.ts";
import type { WireConversation } from "./wire.ts";

/** A role that the agent holds, and where (`AuthzSubject.grants`, platform-api 4.1); `*` is everywhere. */
interface Grant {
	division: { id: string };
	role: { policies?: ReadonlyArray<{ domain: string; entityName: string; actions: readonly string[] }> };
}

type RightsThereSession = Pick<Session, "rightsChanges" | "isAway" | "clock"> & {
	api: Pick<Session["api"], "get">;
};

/** Until grants that could not be read are asked for again, ms. */
const againMs = 5_000;
/** Refusals that say nothing of the question. */
const passing = new Set([408, 429]);
/** Not all panels at once, as a role may be everybody's, ms. */
const soonMs = 2_000;

const shared = new WeakMap<RightsThereSession, { rights: RightsThere; users: number }>();

/** The session's own, for as long as somebody asks it: however many cards there are, the grants are read once. */
export function rightsThere(session: RightsThereSession): RightsThereUse {
	const known = shared.get(session) ?? { rights: new RightsThere(session), users: 0 };
	known.users += 1;
	shared.set(session, known);
	return {
		may: (call, permission) => known.rights.may(call, permission),
		mayAsFarAsKnown: (call, permission) => !known.rights.isKnown || known.rights.may(call, permission),
		dispose: () => {
			known.users -= 1;
			if (known.users > 0) return;
			shared.delete(session);
			known.rights.dispose();
		},
	};
}

/** As one card asks it. */
export interface RightsThereUse extends Pick<RightsThere, "may" | "dispose"> {
	/** For what would stand there anyway: true until the grants are known. */
	mayAsFarAsKnown(call: Pick<LiveInteraction, "source">, permission: string): boolean;
}

/**
 * What the agent may do in one interaction rather than somewhere: the server judges in the divisions in which it is, and a card
 * that asks this first offers nothing that is refused. Read when something asks for it, and anew when rights have changed.
 */
class RightsThere {
	readonly #grants = signal<readonly Grant[] | undefined>(undefined);
	readonly #session: RightsThereSession;
	readonly #readings = new Attempts();
	#stop: (() => void) | undefined;
	#waiting: (() => void) | undefined;

	constructor(session: RightsThereSession) {
		this.#session = session;
	}

	/** Not before somebody asks: most cards of most agents never do. */
	#begin(): void {
		const session = this.#session;
		this.#stop ??= effect(() => {
			const isFirst = this.#grants.peek() === undefined;
			const changes = session.rightsChanges.value;
			if (session.isAway.value) return;
			this.#readIn(isFirst || changes === 0 ? 0 : Math.random() * soonMs);
		});
	}

	/** Whether the agent holds it where the interaction is now. Not while that is not known. */
	may({ source }: Pick<LiveInteraction, "source">, permission: string): boolean {
		this.#begin();
		const ids = new Set([...divisionIdsNow(source), "*"]);
		return (this.#grants.value ?? []).some(({ division, role }) => ids.has(division.id) && gives(role, permission));
	}

	get isKnown(): boolean {
		this.#begin();
		return this.#grants.value !== undefined;
	}

	dispose(): void {
		this.#stop?.();
		this.#waiting?.();
		this.#readings.end();
	}

	#readIn(ms: number): void {
		this.#waiting?.();
		this.#waiting = ms > 0 ? this.#session.clock.after(ms, () => void this.#read()) : undefined;
		if (ms === 0) void this.#read();
	}

	async #read(): Promise<void> {
		const counts = this.#readings.begin();
		try {
			const { grants } = await this.#session.api.get<{ grants?: Grant[] }>("/authorization/subjects/me");
			if (counts()) this.#grants.value = grants ?? [];
		} catch (error) {
			// What the server refuses it refuses again: until the rights change, or the agent has signed in anew.
			const isRefused =
				error instanceof ApiError && error.status >= 400 && error.status < 500 && !passing.has(error.status);
			if (counts() && !isRefused) this.#readIn(againMs);
		}
	}
}

function gives({ policies = [] }: Grant["role"], permission: string): boolean {
	return policies.some(({ domain, entityName, actions }) =>
		actions.some((action) => permissionMatches(`${domain}:${entityName}:${action}`, permission)),
	);
}

/** Where an interaction is now, as the server judges it: by the queues and people of those who are there. */
function divisionIdsNow({ divisions = [], participants = [] }: WireConversation): string[] {
	const there = new Set(participants.filter(partyIsLive).flatMap((one) => [userOf(one), one.queueId ?? one.queue?.id]));
	const now = divisions.filter(({ entities = [] }) => entities.some(({ id }) => there.has(id)));
	return (now.length > 0 ? now : divisions).map(({ division }) => division.id);
}
