import { type ReadonlySignal, signal } from "@preact/signals";
import { type Api, listAll, type SeenVersion } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { Edited } from "../../session/edited.ts";
import { Task } from "../../session/load.ts";
import { isWhole } from "../recording/policy-form.ts";
import { type Ability, abilityPath } from "./abilities.ts";
import { type LabelForm, type LabelRules, labelFormOf, labelProblems, labelRulesOf } from "./label-rules.ts";

export const media = ["call", "callback", "chat", "email", "message"] as const;
export type Medium = (typeof media)[number];

interface MediumRule {
	maximumCapacity: number;
	interruptableMediaTypes: Medium[];
	includeNonAcd: boolean;
}

type Rules = Record<Medium, MediumRule>;

/** Numbers as they are typed; flat, so that what two administrators change of different media fits together. */
export type UtilizationForm = Record<`${Medium}.capacity`, string> &
	Record<`${Medium}.interruptedBy`, Medium[]> &
	Record<`${Medium}.includeNonAcd`, boolean> &
	LabelForm;

/** What holds, and the labels that there are. */
interface Utilization {
	media: Rules;
	labels: readonly Ability[];
	labelRules: LabelRules;
}

/** `UtilizationResponse`, `AgentMaxUtilizationResponse`. */
interface Answer {
	utilization: Rules;
	labelUtilizations?: LabelRules;
	level?: string;
}

const organizationPath = "/api/v2/routing/utilization";
const largest = 25;

/** How many interactions of each medium people, or one of them, take at a time; saved whole, on the version that was read. */
export class UtilizationModel extends Edited<Utilization, UtilizationForm> {
	/** Of one person: their page has a Save of its own. */
	readonly isOfPerson: boolean;
	/** Whether the person has a rule of their own. */
	readonly isOwn: ReadonlySignal<boolean>;
	readonly resetting = new Task();
	readonly #remove: () => Promise<unknown>;

	/** @param userId of whom; absent: what holds for all who have no rule of their own */
	constructor(api: Api, userId?: string) {
		const path = userId === undefined ? organizationPath : `/api/v2/routing/users/${userId}/utilization`;
		const seen: SeenVersion = {};
		const isOwn = signal(false);
		let labels: readonly Ability[] = [];
		const rulesAfter = async (method: "GET" | "PUT", body?: object): Promise<Utilization> => {
			const found = await api.request<Answer>(method, path, body, seen);
			isOwn.value = found.level === "Agent";
			labels = (await listAll<Ability>(api, abilityPath("label"))).sort(byName);
			return { media: found.utilization, labels, labelRules: found.labelUtilizations ?? {} };
		};
		super({
			formOf,
			problemsOf: (form) =>
				new Set([
					...capacities.filter((field) => !isWhole(form[field], 0, largest)),
					...labelProblems(form, labels, largest),
				]),
			read: () => rulesAfter("GET"),
			save: (form) => rulesAfter("PUT", { utilization: rulesOf(form), labelUtilizations: labelRulesOf(form, labels) }),
		});
		this.isOfPerson = userId !== undefined;
		this.isOwn = isOwn;
		this.#remove = () => api.request("DELETE", path, undefined, seen);
	}

	/** Fields are named by media and labels, which a computed key would lose. */
	set<F extends keyof UtilizationForm>(field: F, value: UtilizationForm[F]): void {
		this.details.change({ [field]: value } as Partial<UtilizationForm>);
	}

	/** The person has no rule of their own any more. */
	async reset(): Promise<boolean> {
		const done = await this.resetting.run(this.#remove);
		if (done) this.details.discard();
		await this.loaded.load();
		return done;
	}

	/** Whether interactions of the first are interrupted by the second. */
	interrupt(medium: Medium, by: Medium, isOn: boolean): void {
		const now = this.details.form.peek()?.[`${medium}.interruptedBy`] ?? [];
		const next = media.filter((one) => (one === by ? isOn : now.includes(one)));
		this.set(`${medium}.interruptedBy`, next);
	}

	/** Whether interactions of the first label are interrupted by those of the second. */
	interruptLabel(label: string, by: string, isOn: boolean): void {
		const field = `label:${label}.interruptedBy` as const;
		const now = this.details.form.peek()?.[field] ?? [];
		const all = this.details.base.peek()?.labels ?? [];
		const next = all.map(({ id }) => id).filter((id) => (id === by ? isOn : now.includes(id)));
		this.set(field, next);
	}
}

const capacities = media.map((medium) => `${medium}.capacity` as const);

function formOf({ media: rules, labels, labelRules }: Utilization): UtilizationForm {
	const entries = media.flatMap((medium) => {
		const { maximumCapacity, interruptableMediaTypes, includeNonAcd } = rules[medium];
		return [
			[`${medium}.capacity`, String(maximumCapacity)],
			[`${medium}.interruptedBy`, media.filter((one) => interruptableMediaTypes.includes(one))],
			[`${medium}.includeNonAcd`, includeNonAcd],
		] as const;
	});
	return { ...Object.fromEntries(entries), ...labelFormOf(labels, labelRules) } as UtilizationForm;
}

function rulesOf(form: UtilizationForm): Rules {
	const entry = (medium: Medium): [Medium, MediumRule] => [
		medium,
		{
			maximumCapacity: Number(form[`${medium}.capacity`]),
			interruptableMediaTypes: form[`${medium}.interruptedBy`],
			includeNonAcd: form[`${medium}.includeNonAcd`],
		},
	];
	return Object.fromEntries(media.map(entry)) as Rules;
}
