import { signal } from "@preact/signals";
import { ApiError } from "../../session/api.ts";
import type { After, Forwarding, Target } from "./forwarding-state.ts";

/** A step as it stands in the form. */
export interface StepFields {
	/** The agent's own phone rings. */
	own: boolean;
	numbers: readonly string[];
	/** Phones of others, which are set elsewhere and stay. */
	others: readonly Target[];
}

/** The server's limits (forwarding/model.ts). */
export const mostSteps = 3;
export const mostTargets = 5;

export interface Problem {
	code: string;
	text: string;
	/** What the server says of it: `reason`, and the number that it is about. */
	params: Readonly<Record<string, string>>;
}

/** What stands in the form. It is told apart from what was saved, so that nothing typed is lost to another panel's event. */
export class ForwardingForm {
	readonly enabled = signal(false);
	readonly steps = signal<readonly StepFields[]>([]);
	readonly after = signal<After>("PURECLOUD");
	readonly problem = signal<Problem | undefined>(undefined);
	readonly isTouched = signal(false);
	readonly #ownStation: () => string | undefined;

	/** @param ownStation id of the agent's phone, if they have one */
	constructor(ownStation: () => string | undefined) {
		this.#ownStation = ownStation;
	}

	/** Shows what was saved, unless the agent is writing. */
	take({ enabled, calls, voicemail }: Forwarding): void {
		if (this.isTouched.peek()) return;
		this.enabled.value = enabled;
		this.after.value = voicemail;
		const own = this.#ownStation();
		const steps = calls.map(({ targets }) => ({
			own: targets.some((one) => one.type === "STATION" && one.value === own),
			numbers: targets.filter((one) => one.type === "PHONENUMBER").map((one) => one.value),
			others: targets.filter((one) => one.type === "STATION" && one.value !== own),
		}));
		this.steps.value = steps.length > 0 ? steps : [emptyStep];
	}

	change(index: number, fields: Partial<StepFields>): void {
		this.touch();
		this.steps.value = this.steps.value.map((step, at) => (at === index ? { ...step, ...fields } : step));
	}

	addStep(): void {
		this.touch();
		this.steps.value = [...this.steps.value, emptyStep];
	}

	removeStep(index: number): void {
		this.touch();
		this.steps.value = this.steps.value.filter((_step, at) => at !== index);
	}

	touch(): void {
		this.isTouched.value = true;
		this.problem.value = undefined;
	}

	/** As it is sent: without what was left empty. */
	wish(): Forwarding {
		const own = this.#ownStation();
		const calls = this.steps.value
			.map(({ own: isOwn, numbers, others }) => ({
				targets: [
					...(isOwn && own ? [{ type: "STATION", value: own } as const] : []),
					...others,
					...numbers
						.filter((one) => one.trim())
						.map((value) => ({ type: "PHONENUMBER", value: value.trim() }) as const),
				],
			}))
			.filter((step) => step.targets.length > 0);
		return { enabled: this.enabled.value, calls, voicemail: this.after.value };
	}

	/** Resolves true once it is saved; what the server refuses is the form's problem. */
	async save(send: (forwarding: Forwarding) => Promise<void>): Promise<boolean> {
		const touched = this.isTouched.value;
		try {
			this.isTouched.value = false;
			await send(this.wish());
			this.problem.value = undefined;
			return true;
		} catch (error) {
			this.isTouched.value = touched;
			if (!(error instanceof ApiError) || !error.code.startsWith("forwarding.")) throw error;
			this.problem.value = { code: error.code, text: error.message, params: error.params };
			return false;
		}
	}
}

const emptyStep: StepFields = { own: false, numbers: [""], others: [] };
