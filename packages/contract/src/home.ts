/** What the console's first page and the server agree on: who is at work in which panel, how queues stand, what agents meet. */

/**
 * Topic that a panel follows for as long as it is open, and by which the server knows what it runs; nothing is told on it.
 * @param scriptVersion of framework.js; 0 where the panel runs none of the deployment's
 */
export function panelTopic(deploymentId: string, scriptVersion: number | string): string {
	return `v2.inlay.panels.${deploymentId}.${scriptVersion}`;
}

/** What the console's first page is made of, and reads anew part by part. */
export const homeParts = ["panels", "queues", "deployments", "troubles", "steps", "health"] as const;
export type HomePart = (typeof homeParts)[number];

/** Topic on which the console hears that a part of its first page may have changed; it reads it, by its own rights. */
export function homeTopic(part: HomePart): string {
	return `v2.inlay.home.${part}`;
}

/** The part that a topic tells of, whatever its case; undefined for any other topic. */
export function homePartOf(topic: string): HomePart | undefined {
	const folded = topic.toLowerCase();
	return homeParts.find((part) => homeTopic(part) === folded);
}

/** An entry of `GET /api/inlay/v1/panels`: a deployment with agents in its panels now. */
export interface PanelsOfDeployment {
	deploymentId: string;
	/** Agents, each once, however many panels they have open. */
	agents: number;
	/** The versions that somebody should have: everybody's, and the one that some groups have first. */
	current: number[];
	/** By version of framework.js, the newest first; version 0 is a script of the developer's own machine, or none. */
	versions: Array<{ version: number; agents: number }>;
}

/** `GET /api/inlay/v1/panels`. */
export interface OpenPanels {
	/** Agents in any panel, each once. */
	agents: number;
	entities: PanelsOfDeployment[];
}

/** How one queue stands now. */
export interface LiveQueue {
	id: string;
	name: string;
	waiting: number;
	/** Of whoever has waited longest, seconds at the time of the answer; absent where nobody waits. */
	longestWaitSeconds?: number;
	/** Conversations in which an agent takes part. */
	interacting: number;
	/** Members who are on queue. */
	onQueue: number;
}

/** `GET /api/inlay/v1/routing/queues/live`: the queues with most to do first, and sums of all that one may observe. */
export interface LiveQueues {
	entities: LiveQueue[];
	/** Queues in all. */
	total: number;
	waiting: number;
	interacting: number;
	/** Agents on queue in any of them, each once. */
	onQueue: number;
	/** Conversations that wait or go on, by medium as paths name it. */
	media: Record<string, number>;
}

/** What kind of thing agents meet; each has a permission of its own (`troublePermissions`). */
export const troubleKinds = ["panel", "script", "device", "sign-in", "call"] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** Any one of these lets somebody read what agents meet of a kind. */
export const troublePermissions: Readonly<Record<TroubleKind, readonly string[]>> = {
	panel: ["integrations:integration:view"],
	script: ["integrations:integration:view"],
	device: ["integrations:integration:view"],
	"sign-in": ["directory:organization:admin", "oauth:client:view"],
	call: ["conversation:communication:view"],
};

/** An entry of `GET /api/inlay/v1/diagnostics/troubles`: all that has the same cause, the newest first. */
export interface TroubleCause {
	kind: TroubleKind;
	/** Stable: a code of a panel's refusal, a finding, a reason of a refused sign-in, or a fault of the sound. */
	code: string;
	/** Absent where it is of none, or of one that has gone. */
	deployment?: { id: string; name: string };
	client?: { id: string; name: string };
	/** Anybody can have told it: nobody was signed in. */
	unverified?: true;
	/** In the words of the last one; without secrets. */
	detail?: string;
	count: number;
	/** ISO times. */
	firstAt: string;
	lastAt: string;
	/** Whom it has met, the last first, at most ten, as far as the reader may see people. */
	people: Array<{ id: string; name: string }>;
}

const viewDeployments = ["integrations:integration:view"];

/** What a new organization does first, in the guide's order (configuration guide, "Configuring the Genesys Cloud Contact Center"). */
export const firstSteps = ["client", "deployment", "script", "group", "active", "agent", "queue", "call"] as const;
export type FirstStep = (typeof firstSteps)[number];

/** By which permission a step is seen. */
export const stepPermissions: Readonly<Record<FirstStep, string>> = {
	client: "oauth:client:view",
	deployment: "integrations:integration:view",
	script: "integrations:integration:view",
	group: "integrations:integration:view",
	active: "integrations:integration:view",
	agent: "directory:user:view",
	queue: "routing:queue:view",
	call: "conversation:communication:view",
};

/** Any one of these opens a part: by them it is read, shown, and told of. */
export const homePermissions: Readonly<Record<HomePart, readonly string[]>> = {
	panels: viewDeployments,
	queues: ["analytics:queueObservation:view"],
	deployments: viewDeployments,
	troubles: [...new Set(Object.values(troublePermissions).flat())],
	steps: [...new Set(Object.values(stepPermissions))],
	health: viewDeployments,
};

/** `GET /api/inlay/v1/diagnostics/steps`: which steps are done; those that the reader may not see are absent. */
export type FirstStepsDone = Partial<Record<FirstStep, boolean>>;
