import { expect, it } from "vitest";
import type { InteractionCommand } from "../framework/ports.ts";
import { openSessionPort } from "./session-port.ts";
import type { Workspace } from "./workspace.ts";

/** A workspace that notes what a script makes it do; `held` interactions are there. */
function panel(isConsult = false, permissions: readonly string[] = [], isPaused?: boolean) {
	const done: unknown[][] = [];
	const noting =
		(name: string) =>
		async (...given: unknown[]) =>
			void done.push([name, ...given.map((one) => (one as { id?: string }).id ?? one)]);
	const actions = { toggle: noting("toggle"), transfer: noting("transfer"), consult: noting("consult") };
	const workspace = {
		session: {
			conversations: { find: (id: string) => (id === "c1" ? { id, isConsult, securePause: isPaused } : undefined) },
			actions,
		},
		calls: { pickUp: noting("pickUp"), hangUp: noting("hangUp"), dial: noting("dial") },
		can: (permission: string) => permissions.includes(permission),
		describe: (error: Error) => error.message,
		draft: { value: undefined },
		view: { value: "" },
	};
	const port = openSessionPort(
		() => workspace as unknown as Workspace,
		() => "token",
		() => (isPaused === undefined ? "refused" : "securePause"),
	);
	return { done, workspace, port };
}

const target = { kind: "queue", value: "sales" } as const;

it.each<[InteractionCommand, unknown[]]>([
	[{ action: "pickup", interactionId: "c1" }, ["pickUp", "c1"]],
	[{ action: "disconnect", interactionId: "c1" }, ["hangUp", "c1"]],
	[{ action: "hold", interactionId: "c1" }, ["toggle", "c1", "held"]],
	[{ action: "mute", interactionId: "c1" }, ["toggle", "c1", "muted"]],
	[{ action: "securePause", interactionId: "c1" }, ["toggle", "c1", "securePause"]],
	[{ action: "blindTransfer", interactionId: "c1", target }, ["transfer", "c1", { queueId: "sales" }]],
	[{ action: "consultTransfer", interactionId: "c1", target }, ["consult", "c1", { queueId: "sales" }]],
])("updateState $action does what the agent's own click does", async (command, expected) => {
	const { port, done } = panel();
	await port.control(command);
	expect(done).toEqual([expected]);
});

it("concludeTransfer hands over to whom was asked, and is refused where nobody was", async () => {
	const asking = panel(true);
	await asking.port.control({ action: "concludeTransfer", interactionId: "c1" });
	expect(asking.done).toEqual([["hangUp", "c1"]]);
	await expect(panel().port.control({ action: "concludeTransfer", interactionId: "c1" })).rejects.toThrow();
});

it("secureSession, for which there is no flow, and what nobody has in hand are refused by name", async () => {
	const { port, done } = panel();
	await expect(port.control({ action: "secureSession", interactionId: "c1" })).rejects.toThrow("secureSession");
	await expect(port.control({ action: "hold", interactionId: "c9" })).rejects.toThrow("c9");
	expect(done).toEqual([]);
});

it("secureSession pauses the recording where settings.secureSessionAs says so, and never resumes it", async () => {
	const talking = panel(false, [], false);
	await talking.port.control({ action: "secureSession", interactionId: "c1" });
	expect(talking.done).toEqual([["toggle", "c1", "securePause"]]);
	const paused = panel(false, [], true);
	await paused.port.control({ action: "secureSession", interactionId: "c1" });
	expect(paused.done).toEqual([]);
});

it("clickToDial of a text or email opens it filled in for who may write it, and is refused for others", async () => {
	const request = { type: "sms", address: "+49305550101", attributes: {} } as const;
	const { port, workspace } = panel(false, ["conversation:message:create"]);
	await port.startInteraction(request);
	expect([workspace.draft.value, workspace.view.value]).toEqual([request, "new-interaction"]);
	await expect(port.startInteraction({ ...request, type: "email" })).rejects.toThrow("email");
	const other = panel();
	await expect(other.port.startInteraction(request)).rejects.toThrow("sms");
	await other.port.startInteraction({ ...request, type: "call" });
	expect(other.done).toEqual([["dial", { ...request, type: "call" }]]);
});
