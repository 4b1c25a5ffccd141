import { panelTopic } from "@inlay/contract/home";
import { expect, it } from "vitest";
import { openPanels } from "./open-panels.ts";

const follow = (deployment: string, version: number, ...users: string[]) =>
	[panelTopic(deployment, version).toLowerCase(), new Set(users)] as const;

it("counts each agent once, by deployment and by the version that their panel runs", () => {
	const followers = new Map([
		follow("Sales", 3, "ann", "bob"),
		follow("Sales", 2, "cy", "ann"),
		follow("Service", 1, "bob"),
		follow("made-up", 1, "eve"),
	]);
	expect(openPanels(followers, ["Sales", "Service", "Unused"])).toEqual({
		agents: 3,
		entities: [
			{
				deploymentId: "Sales",
				agents: 3,
				versions: [
					{ version: 3, agents: 2 },
					{ version: 2, agents: 2 },
				],
			},
			{ deploymentId: "Service", agents: 1, versions: [{ version: 1, agents: 1 }] },
		],
	});
});

it("takes nothing for a panel that only looks like one", () => {
	const followers = new Map([follow("sales", Number.NaN, "ann"), ["v2.inlay.panels.sales", new Set(["ann"])] as const]);
	expect(openPanels(followers, ["sales"])).toEqual({ agents: 0, entities: [] });
});
