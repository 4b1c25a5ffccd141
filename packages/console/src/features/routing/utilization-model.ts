import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api, SeenVersion } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { Task } from "../../session/load.ts";
import { isWhole } from "../recording/policy-form.ts";

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
	Record<`${Medium}.includeNonAcd`, boolean>;

const organizationPath = "/api/v2/routing/utilization";
const largest = 25;

/** How many interactions of each medium people, or one of them, take at a time; saved whole, on the version that was read. */
export class UtilizationModel extends Edited<Rules, UtilizationForm> {
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
		const rulesAfter = async (method: "GET" | "PUT", body?: object) => {
			const found = await api.request<{ utilization: Rules; level?: string }>(method, path, body, seen);
			isOwn.value = found.level === "Agent";
			return found.utilization;
		};
		super({
			formOf,
			problemsOf: (form) => new Set(capacities.filter((field) => !isWhole(form[field], 0, largest))),
			read: () => rulesAfter("GET"),
			save: (form) => rulesAfter("PUT", { utilization: rulesOf(form) }),
		});
		this.isOfPerson = userId !== undefined;
		this.isOwn = isOwn;
		this.#remove = () => api.request("DELETE", path, undefined, seen);
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
		this.details.change({ [`${medium}.interruptedBy`]: next });
	}
}

const capacities = media.map((medium) => `${medium}.capacity` as const);

function formOf(rules: Rules): UtilizationForm {
	const entries = media.flatMap((medium) => {
		const { maximumCapacity, interruptableMediaTypes, includeNonAcd } = rules[medium];
		return [
			[`${medium}.capacity`, String(maximumCapacity)],
			[`${medium}.interruptedBy`, media.filter((one) => interruptableMediaTypes.includes(one))],
			[`${medium}.includeNonAcd`, includeNonAcd],
		] as const;
	});
	return Object.fromEntries(entries) as UtilizationForm;
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
