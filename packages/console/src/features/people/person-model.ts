import type { ReadonlySignal } from "@preact/signals";
import { type Api, ApiError, listAll, type Versioned } from "../../session/api.ts";
import { DivisionMove } from "../../session/division-move.ts";
import { Loaded, Task } from "../../session/load.ts";
import { inDivision, needs } from "../../session/needs.ts";
import type { Self } from "../../session/self.ts";
import { VersionedForm } from "../../session/versioned-form.ts";
import type { Group, SecondFactor, User, UserLocation } from "../../session/wire.ts";
import { Wishes } from "../../session/wishes.ts";
import { OffersModel } from "../routing/offers.ts";
import { PersonAbilities } from "../routing/person-abilities.ts";
import { UtilizationModel } from "../routing/utilization-model.ts";
import { closedByLeaving } from "./emptied-group.ts";
import { PersonIdentities } from "./person-identities.ts";
import { PersonLicense } from "./person-license.ts";
import { PersonPlaces } from "./person-places.ts";
import { PersonPrograms } from "./person-programs.ts";
import { PersonQueues } from "./person-queues.ts";
import { PersonRoles } from "./person-roles.ts";
import { PersonSessions } from "./person-sessions.ts";
import { PersonStation } from "./person-station.ts";

export interface PersonFacts {
	user: User;
	groups: Group[];
	/** Absent where the administrator may not look after the user's sign-in. */
	factor?: SecondFactor;
}

/** What can be changed of a user here. */
export interface ProfileForm {
	name: string;
	email: string;
	title: string;
	department: string;
	/** Ids of the places where they work. */
	locations: string[];
	active: boolean;
}

export function profileOf(user: User): ProfileForm {
	const { name, email = "", title = "", department = "", locations = [], state } = user;
	return { name, email, title, department, locations: locations.map(({ id }) => id), active: state === "active" };
}

/** Whether a user, read with `expand=conversationSummary`, is in a call. */
export function isInCall({ conversationSummary }: Pick<User, "conversationSummary">): boolean {
	const { contactCenter, enterprise } = conversationSummary?.call ?? {};
	return (contactCenter?.active ?? 0) + (enterprise?.active ?? 0) > 0;
}

/** Only what differs goes out: touching a name or an address is judged by more than the rest. */
export function profileChanges(form: ProfileForm, base: User): Versioned {
	const before = profileOf(base);
	const texts = (["name", "email", "title", "department"] as const).filter((field) => form[field] !== before[field]);
	const changed = Object.fromEntries(texts.map((field) => [field, form[field].trim()]));
	const state = form.active === before.active ? {} : { state: form.active ? "active" : "inactive" };
	return { version: base.version, ...changed, ...state, ...placesChanged(form, base) };
}

/** What is known of a place where somebody stays goes back as it came. */
function placesChanged({ locations: wanted }: ProfileForm, { locations: before = [] }: User): object {
	if (wanted.join() === before.map(({ id }) => id).join()) return {};
	return { locations: placesOf(wanted, before) };
}

function placesOf(ids: readonly string[], known: readonly UserLocation[] = []): UserLocation[] {
	return ids.map((id) => known.find((one) => one.id === id) ?? { id });
}

/** One user: who they are, how they sign in, and the groups that they are in. */
export class PersonModel {
	readonly facts: Loaded<PersonFacts>;
	readonly profile: VersionedForm<User, ProfileForm>;
	readonly roles: PersonRoles;
	readonly queues: PersonQueues;
	readonly skills: PersonAbilities;
	readonly utilization: UtilizationModel;
	readonly languages: PersonAbilities;
	readonly offers: OffersModel;
	readonly sessions: PersonSessions;
	readonly license: PersonLicense;
	readonly station: PersonStation;
	readonly places: PersonPlaces;
	readonly programs: PersonPrograms;
	readonly identities: PersonIdentities;
	/** Whether the person is in a call right now, which signing them out takes from them. */
	readonly inCall: Loaded<boolean>;
	/** Ids of the groups that the user is in; a change shows at once and is taken back if the server refuses it. */
	readonly groupIds: ReadonlySignal<readonly string[]>;
	readonly joining = new Task();
	readonly signingIn = new Task();
	readonly removing = new Task();
	readonly moving: DivisionMove;
	readonly self: Self;
	readonly id: string;
	readonly #api: Api;
	#queue: Promise<boolean> = Promise.resolve(true);
	/** Changes that are asked for and not answered: of several, the refusal of one is not lost as the next one is done. */
	#waiting = 0;
	readonly #groups = new Wishes();

	constructor(api: Api, id: string, self: Self) {
		this.#api = api;
		this.groupIds = this.#groups.on;
		this.id = id;
		this.self = self;
		this.moving = new DivisionMove(api, "USER", id, () => this.facts.load());
		this.roles = new PersonRoles(api, id, self);
		this.queues = new PersonQueues(api, id);
		this.utilization = new UtilizationModel(api, id);
		this.skills = new PersonAbilities(api, id, "skill");
		this.languages = new PersonAbilities(api, id, "language");
		this.offers = new OffersModel(api, id);
		this.sessions = new PersonSessions(api, id);
		this.license = new PersonLicense(api, id);
		this.station = new PersonStation(api, id);
		this.places = new PersonPlaces(api);
		this.programs = new PersonPrograms(api, id, self);
		this.identities = new PersonIdentities(api, id, self);
		const path = `/api/v2/users/${id}`;
		this.inCall = new Loaded(async () =>
			isInCall(await api.request<User>("GET", `${path}?expand=conversationSummary`)),
		);
		const read = async () => {
			const user = await api.request<User>("GET", `${path}?expand=groups,locations`);
			// Who was deleted is still found, and would take what is saved; for administrators they are gone.
			if (user.state === "deleted") throw new ApiError(404, { code: "not.found" });
			this.places.read(user);
			return user;
		};
		this.profile = new VersionedForm<User, ProfileForm>({
			formOf: profileOf,
			read,
			async save(form, base) {
				const saved = await api.request<User>("PATCH", path, profileChanges(form, base));
				// Where somebody works is told on request alone, which a change is not.
				return { ...saved, locations: placesOf(form.locations, base.locations) };
			},
		});
		this.facts = new Loaded(async () => {
			const [user, groups] = await Promise.all([read(), listAll<Group>(api, "/api/v2/groups")]);
			const factor = await this.#factor(user);
			this.profile.show(user);
			this.#groups.read((user.groups ?? []).map((group) => group.id));
			return { user, groups, ...(factor ? { factor } : {}) };
		});
	}

	/** Whether the person is who is signed in. */
	get isSelf(): boolean {
		return this.id === this.self.id;
	}

	/** Whether a save would put somebody who works here out of work. */
	get deactivates(): boolean {
		return this.profile.base.value?.state === "active" && this.profile.form.value?.active === false;
	}

	async saveProfile(): Promise<boolean> {
		const saved = await this.profile.save();
		if (saved) await this.facts.load();
		return saved;
	}

	/** Deletes the user; what they hold and have open ends. */
	remove(): Promise<boolean> {
		return this.removing.run(() => this.#api.request("DELETE", `/api/v2/users/${this.id}`));
	}

	/** @param mustChange the next sign-in asks for another one */
	setPassword(newPassword: string, mustChange: boolean): Promise<boolean> {
		const body = { newPassword, mustChange };
		return this.signingIn.run(() => this.#api.request("POST", `/api/v2/users/${this.id}/password`, body));
	}

	/** Takes a lost second factor away. */
	async resetFactor(): Promise<boolean> {
		const done = await this.signingIn.run(() => this.#api.request("DELETE", this.#factorPath));
		if (done) await this.facts.load();
		return done;
	}

	get #factorPath(): string {
		return `/api/inlay/v1/users/${this.id}/secondfactor`;
	}

	async #factor(user: User): Promise<SecondFactor | undefined> {
		if (!this.self.rights.peek().may(inDivision(needs.setPassword, user.division?.id))) return undefined;
		return this.#api.request<SecondFactor>("GET", this.#factorPath).catch((error: unknown) => {
			if (error instanceof ApiError && error.status === 403) return undefined;
			throw error;
		});
	}

	/** A group takes people in by its owners, and by who may change groups. */
	mayJoin(group: Group): boolean {
		const owns = group.owners?.some((owner) => owner.id === this.self.id) ?? false;
		return owns || this.self.rights.value.may(needs.editGroup);
	}

	/** Somebody wants the user in a group, or out of it. @returns whether nobody has asked for anything else of that group since */
	wish(groupId: string, member: boolean): () => boolean {
		return this.#groups.wish(groupId, member);
	}

	/** They do not want it any more. */
	unwish(groupId: string): void {
		this.#groups.drop(groupId);
	}

	/**
	 * Puts the user into a group or takes them out of it; several changes go to the server one after another, so that the last
	 * one of a group holds.
	 */
	setMember(groupId: string, member: boolean, isLast = this.wish(groupId, member)): Promise<boolean> {
		if (this.#waiting++ === 0) this.joining.forget();
		this.#queue = this.#queue.then(() => this.#send(groupId, member, isLast)).finally(() => this.#waiting--);
		return this.#queue;
	}

	/**
	 * Names of the deployments that close where the user is the last one in a group; undefined where that cannot be read:
	 * `joining` has why.
	 */
	async closedBy(groupId: string): Promise<readonly string[] | undefined> {
		let names: readonly string[] | undefined;
		this.#queue = this.#queue.then(() =>
			this.#joined(async () => {
				names = await closedByLeaving(this.#api, this.self.rights.peek(), groupId, new Set([this.id]));
			}),
		);
		await this.#queue;
		return names;
	}

	/** One of several in turn: what another one was refused for stays to be read. */
	async #joined(work: () => Promise<unknown>): Promise<boolean> {
		const refused = this.joining.error.peek();
		const done = await this.joining.run(work);
		if (done && refused) this.joining.error.value = refused;
		return done;
	}

	async #send(groupId: string, member: boolean, isLast: () => boolean): Promise<boolean> {
		const path = `/api/v2/groups/${groupId}/members`;
		const done = await this.#joined(() =>
			member
				? this.#api.request("POST", path, { memberIds: [this.id] })
				: this.#api.request("DELETE", `${path}?ids=${this.id}`),
		);
		if (done) this.#groups.granted(groupId, member, isLast);
		else if (isLast()) this.#groups.drop(groupId);
		if (done) await Promise.all([this.roles.facts.load(), this.isSelf ? this.self.refresh() : undefined]);
		return done;
	}
}
