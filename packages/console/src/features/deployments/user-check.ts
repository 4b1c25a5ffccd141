import { explainFeature, type FeatureId, featureIds } from "@inlay/contract";
import { type Signal, signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import type { Integration, User, UserAuthorization } from "../../session/wire.ts";
import { type Obstacle, obstacles } from "./who-can-use.ts";

/** What one user gets from one deployment. */
export interface UserVerdict {
	user: User;
	obstacles: Obstacle[];
	/** Agent features that the user's permissions open, and those that they do not. */
	open: FeatureId[];
	closed: FeatureId[];
}

/** "Who can use it": one user at a time, as the server has them now. */
export class UserCheck {
	/** Whom it is about. */
	readonly chosen: Signal<User | undefined> = signal(undefined);
	/** Undefined while nobody is chosen. */
	readonly verdict: Loaded<UserVerdict | undefined>;
	readonly #api: Api;
	readonly #id: string;

	constructor(api: Api, deploymentId: string) {
		this.#api = api;
		this.#id = deploymentId;
		this.verdict = new Loaded(() => this.#read(this.chosen.peek()?.id));
	}

	/** Somebody else's verdict goes at once. */
	async check(user: User | undefined): Promise<void> {
		this.chosen.value = user;
		this.verdict.state.value = { kind: "loading" };
		await this.verdict.load();
	}

	/** After whatever may have changed the answer: a save, the switch, another upload. */
	async again(): Promise<void> {
		if (this.chosen.peek()) await this.verdict.load();
	}

	async #read(userId: string | undefined): Promise<UserVerdict | undefined> {
		if (!userId) return undefined;
		const [integration, user, { permissions }] = await Promise.all([
			this.#api.request<Integration>("GET", `/api/v2/integrations/${this.#id}`),
			this.#api.request<User>("GET", `/api/v2/users/${userId}?expand=groups`),
			this.#api.request<UserAuthorization>("GET", `/api/v2/users/${userId}/roles`),
		]);
		return verdictOn(integration, user, permissions);
	}
}

function verdictOn(integration: Integration, user: User, permissions: readonly string[]): UserVerdict {
	const { properties } = integration.config.current;
	const found = obstacles({
		deployment: {
			typeId: integration.integrationType.id,
			active: integration.intendedState === "ENABLED",
			hasScript: Boolean(properties.frameworkJs),
			groups: properties.groups ?? [],
		},
		user: { state: user.state, permissions, groups: (user.groups ?? []).map((group) => group.id) },
	});
	const isOpen = (feature: FeatureId) => explainFeature(feature, permissions).available;
	return {
		user,
		obstacles: found,
		open: featureIds.filter(isOpen),
		closed: featureIds.filter((feature) => !isOpen(feature)),
	};
}
