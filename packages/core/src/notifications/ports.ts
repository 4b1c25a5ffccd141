import type { GrantedPermission } from "../kernel/principal.ts";
import type { TokenTimes } from "../kernel/tokens/token-watch.ts";
import type { Thing } from "./topic-rules.ts";

/** Where something is. */
export interface Place {
	/** One for most things; `*` where it is of all divisions. */
	divisionIds: readonly string[];
	/** Who takes part in it, and may therefore read it wherever it is. */
	userIds?: readonly string[];
}

/** Is told of a channel that nobody listens to any more, and whether the client's page went, by its own word. */
export type GoneListener = (channelId: string, pageLeft: boolean) => void;

/** Is told of topics, in lower case, that a channel which is listened to follows from now on, or did until now. */
export type FollowingListener = (topics: Iterable<string>) => void;

/** What a kind of things says of these ids, in one question; unknown ones are left out. */
export type FindPlaces = (ids: readonly string[]) => Promise<ReadonlyMap<string, Place>>;

/** What other domains know, and subscriptions depend on. */
export interface SubscriptionPorts {
	/** What a user holds just now, by groups too. */
	grantsOf(userId: string): Promise<readonly GrantedPermission[]>;
	places: Record<Thing["kind"], FindPlaces>;
	tokens: TokenTimes & {
		/** Why a token is over, in a word for its client; undefined where nobody knows. */
		whyOver(tokenHash: string): Promise<string | undefined>;
		/** Those of these tokens that have neither been revoked nor expired. */
		living(tokenHashes: readonly string[]): Promise<ReadonlySet<string>>;
	};
}
