import { bundledClientId } from "@inlay/contract";
import { type FirstStep, type FirstStepsDone, firstSteps, stepPermissions } from "@inlay/contract/home";
import { type Deployment, isActive } from "../deployments/model.ts";
import { holds, type Principal } from "../kernel/principal.ts";

/** What the first steps ask of others. */
export interface FirstStepPorts {
	clients(): Promise<ReadonlyArray<{ id: string; grantType: string }>>;
	deployments(): Promise<readonly Deployment[]>;
	/** Whether any group has a member. */
	hasGroup(): Promise<boolean>;
	/** Whether anybody is in a queue. */
	hasQueue(): Promise<boolean>;
	/** Users and groups that hold a permission, each once; no further than this many are counted. */
	holdersOf(permission: string, most: number): Promise<number>;
	/** Whether any agent has taken part in a conversation. */
	hasTalked(): Promise<boolean>;
}

const agentPermission = "integration:customEmbeddableFramework:agent";

/** Which of the first steps of an organization are done (configuration guide), as far as the reader may see what they make. */
export class FirstSteps {
	readonly #ports: FirstStepPorts;
	/** What is done stays done: nobody begins anew for having deleted a group. */
	readonly #done = new Set<FirstStep>();

	constructor(ports: FirstStepPorts) {
		this.#ports = ports;
	}

	/** Nothing more will change. */
	get isAllDone(): boolean {
		return this.#done.size === firstSteps.length;
	}

	async of(principal: Principal): Promise<FirstStepsDone> {
		const seen = firstSteps.filter((step) => holds(principal, stepPermissions[step]));
		const found = await Promise.all(seen.map(async (step) => [step, await this.#isDone(step)] as const));
		return Object.fromEntries(found);
	}

	async #isDone(step: FirstStep): Promise<boolean> {
		if (!this.#done.has(step) && (await this.#look(step))) this.#done.add(step);
		return this.#done.has(step);
	}

	async #look(step: FirstStep): Promise<boolean> {
		const ports = this.#ports;
		switch (step) {
			case "client":
				return (await ports.clients()).some(({ id, grantType }) => isForPeople(id, grantType));
			case "deployment":
				return (await ports.deployments()).length > 0;
			case "script":
				return (await ports.deployments()).some(({ scriptVersion }) => scriptVersion !== undefined);
			case "group":
				return (
					(await ports.deployments()).some(({ properties }) => (properties.groups ?? []).length > 0) ||
					(await ports.hasGroup())
				);
			case "active":
				return (await ports.deployments()).some(isActive);
			case "queue":
				return (await ports.hasQueue()) || (await ports.hasTalked());
			case "agent":
				// The first of them is whoever sets everything up.
				return (await ports.holdersOf(agentPermission, 2)) > 1 || (await ports.hasTalked());
			case "call":
				return ports.hasTalked();
		}
	}
}

function isForPeople(id: string, grantType: string): boolean {
	return id !== bundledClientId && grantType !== "CLIENT-CREDENTIALS";
}
