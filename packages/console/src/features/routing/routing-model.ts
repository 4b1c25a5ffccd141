import { computed, signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { Loaded, Task } from "../../session/load.ts";
import { DecisionsModel } from "./decisions.ts";

export interface Ability {
	id: string;
	name: string;
}

export type AbilityKind = "skill" | "language";

export const abilityPath = (kind: AbilityKind) => `/api/v2/routing/${kind}s`;

/** Skills, or languages: those that there are. */
export class AbilitiesModel {
	readonly kind: AbilityKind;
	readonly all: Loaded<Ability[]>;
	readonly name = signal("");
	readonly adding = new Task();
	readonly removing = new Task();
	readonly #api: Api;

	constructor(api: Api, kind: AbilityKind) {
		this.#api = api;
		this.kind = kind;
		this.all = new Loaded(async () => (await listAll<Ability>(api, abilityPath(kind))).sort(byName));
	}

	/** @returns what was added */
	async add(): Promise<string | undefined> {
		const name = this.name.peek().trim();
		if (name === "") return undefined;
		const done = await this.adding.run(() => this.#api.request("POST", abilityPath(this.kind), { name }));
		if (!done) return undefined;
		this.name.value = "";
		await this.all.load();
		return name;
	}

	async remove(id: string): Promise<boolean> {
		const done = await this.removing.run(() => this.#api.request("DELETE", `${abilityPath(this.kind)}/${id}`));
		await this.all.load();
		return done;
	}
}

export const media = ["call", "callback", "chat", "email", "message"] as const;
export type Medium = (typeof media)[number];

interface MediumRule {
	maximumCapacity: number;
	interruptableMediaTypes: Medium[];
	includeNonAcd: boolean;
}

type Rules = Record<Medium, MediumRule>;

/** As it stands in the form: numbers as they are typed. */
export interface MediumForm extends Omit<MediumRule, "maximumCapacity"> {
	capacity: string;
}

export type UtilizationForm = Record<Medium, MediumForm>;

const organizationPath = "/api/v2/routing/utilization";
const largest = 25;

/** How many interactions of each medium people, or one of them, take at a time; saved whole. */
export class UtilizationModel {
	readonly rules: Loaded<Rules>;
	readonly form = signal<UtilizationForm | undefined>(undefined);
	readonly saving = new Task();
	/** Whether a person has a rule of their own. */
	readonly isOwn = signal(false);
	/** Media whose capacity is none. */
	readonly wrong = computed(() => media.filter((medium) => !isCapacity(this.form.value?.[medium].capacity)));
	readonly #api: Api;
	/** Of one person: their page has a Save of its own. */
	readonly isOfPerson: boolean;
	readonly #path: string;

	/** @param userId of whom; absent: what holds for all who have no rule of their own */
	constructor(api: Api, userId?: string) {
		this.#api = api;
		this.isOfPerson = userId !== undefined;
		this.#path = userId === undefined ? organizationPath : `/api/v2/routing/users/${userId}/utilization`;
		this.rules = new Loaded(async () => {
			const found = await api.request<{ utilization: Rules; level?: string }>("GET", this.#path);
			this.isOwn.value = found.level === "Agent";
			this.form.value ??= formOf(found.utilization);
			return found.utilization;
		});
	}

	get edited(): boolean {
		const [rules, form] = [this.rules.value, this.form.value];
		return rules !== undefined && form !== undefined && JSON.stringify(formOf(rules)) !== JSON.stringify(form);
	}

	change(medium: Medium, part: Partial<MediumForm>): void {
		const form = this.form.peek();
		if (form) this.form.value = { ...form, [medium]: { ...form[medium], ...part } };
	}

	/** Whether interactions of the first are interrupted by the second. */
	interrupt(medium: Medium, by: Medium, isOn: boolean): void {
		const now = this.form.peek()?.[medium].interruptableMediaTypes ?? [];
		const next = media.filter((one) => (one === by ? isOn : now.includes(one)));
		this.change(medium, { interruptableMediaTypes: next });
	}

	async save(): Promise<boolean> {
		const form = this.form.peek();
		if (!form || this.wrong.peek().length > 0) return false;
		return this.#send(() => this.#api.request("PUT", this.#path, { utilization: rulesOf(form) }));
	}

	/** The person has no rule of their own any more. */
	async reset(): Promise<boolean> {
		return this.#send(() => this.#api.request("DELETE", this.#path));
	}

	async #send(work: () => Promise<unknown>): Promise<boolean> {
		const done = await this.saving.run(work);
		if (!done) return false;
		await this.rules.load();
		const { value } = this.rules;
		if (value) this.form.value = formOf(value);
		return true;
	}
}

function isCapacity(text: string | undefined): boolean {
	const value = Number(text);
	return text?.trim() !== "" && Number.isInteger(value) && value >= 0 && value <= largest;
}

export function formOf(rules: Rules): UtilizationForm {
	const entry = (medium: Medium): [Medium, MediumForm] => {
		const { maximumCapacity, interruptableMediaTypes, includeNonAcd } = rules[medium];
		const ordered = media.filter((one) => interruptableMediaTypes.includes(one));
		return [medium, { capacity: String(maximumCapacity), interruptableMediaTypes: ordered, includeNonAcd }];
	};
	return Object.fromEntries(media.map(entry)) as UtilizationForm;
}

function rulesOf(form: UtilizationForm): Rules {
	const entry = (medium: Medium): [Medium, MediumRule] => {
		const { capacity, ...rest } = form[medium];
		return [medium, { maximumCapacity: Number(capacity), ...rest }];
	};
	return Object.fromEntries(media.map(entry)) as Rules;
}

/** The screen: each part reads for itself. */
export class RoutingModel {
	readonly skills: AbilitiesModel;
	readonly languages: AbilitiesModel;
	readonly utilization: UtilizationModel;
	readonly decisions: DecisionsModel;

	constructor(api: Api) {
		this.skills = new AbilitiesModel(api, "skill");
		this.languages = new AbilitiesModel(api, "language");
		this.utilization = new UtilizationModel(api);
		this.decisions = new DecisionsModel(api);
	}
}
