import type { GrantedPermission } from "../../kernel/principal.ts";
import type { FindPlaces, Place, SubscriptionPorts } from "../ports.ts";

/** What other domains would say, as a test says it. */
export interface FakePorts extends SubscriptionPorts {
	/** By user; nobody holds anything otherwise. */
	held: Map<string, GrantedPermission[]>;
	/** By kind and id. */
	at: Record<"queue" | "user" | "conversation", Map<string, Place>>;
	/** Tokens that are not good for ever. */
	ends: Map<string, Date>;
	/** How often it was asked where things are. */
	questions: number;
}

const never = new Date("2999-01-01T00:00:00Z");

export function fakePorts(now: () => Date = () => new Date()): FakePorts {
	const ports: FakePorts = {
		held: new Map(),
		at: { queue: new Map(), user: new Map(), conversation: new Map() },
		ends: new Map(),
		questions: 0,
		grantsOf: async (userId) => ports.held.get(userId) ?? [],
		places: { queue: finder("queue"), user: finder("user"), conversation: finder("conversation") },
		tokens: {
			async goodUntil(hash) {
				const until = ports.ends.get(hash) ?? never;
				return until > now() ? until : undefined;
			},
			whyOver: async (hash) => (ports.ends.has(hash) ? "EXPIRED" : undefined),
			living: async (hashes) => new Set(hashes.filter((hash) => (ports.ends.get(hash) ?? never) > now())),
		},
	};
	function finder(kind: "queue" | "user" | "conversation"): FindPlaces {
		return async (ids) => {
			ports.questions++;
			return new Map(
				ids.flatMap((id): [string, Place][] => {
					const place = ports.at[kind].get(id);
					return place ? [[id, place]] : [];
				}),
			);
		};
	}
	return ports;
}
