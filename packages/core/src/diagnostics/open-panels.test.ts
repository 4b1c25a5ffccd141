import { panelTopic } from "@inlay/contract/home";
import { expect, it } from "vitest";
import { openPanels } from "./open-panels.ts";

const channel = (userId: string, ...panels: Array<[deployment: string, version: number]>) => ({
	userId,
	topics: panels.map(([deployment, version]) => panelTopic(deployment, version).toLowerCase()),
});
const there = [
	{ id: "Sales", scriptVersion: 2, staged: { version: 3 }, newestScript: 3 },
	{ id: "Service", scriptVersion: 1, newestScript: 1 },
	{ id: "Taken away", newestScript: 2 },
	{ id: "New" },
];

it("counts each agent once, by deployment and by the version that their panel runs", () => {
	const channels = [
		channel("ann", ["Sales", 3]),
		channel("bob", ["Sales", 3]),
		channel("cy", ["Sales", 2]),
		channel("ann", ["Sales", 2]),
		channel("ann", ["Sales", 2]),
		channel("bob", ["Service", 1]),
		channel("eve", ["made-up", 1]),
	];
	expect(openPanels(channels, there)).toEqual({
		agents: 3,
		entities: [
			{
				deploymentId: "Sales",
				current: [2, 3],
				agents: 3,
				versions: [
					{ version: 3, agents: 2 },
					{ version: 2, agents: 2 },
				],
			},
			{ deploymentId: "Service", current: [1], agents: 1, versions: [{ version: 1, agents: 1 }] },
		],
	});
});

it("takes nothing for a panel that only looks like one", () => {
	const channels = [channel("ann", ["sales", Number.NaN]), { userId: "ann", topics: ["v2.inlay.panels.sales"] }];
	expect(openPanels(channels, there)).toEqual({ agents: 0, entities: [] });
});

it("listed versions that an agent had made up", () => {
	const versions = [999_999_999, 4, 2, 1].map((version): [string, number] => ["Sales", version]);
	expect(openPanels([channel("eve", ...versions, ["Service", 1])], there)).toEqual({
		agents: 1,
		entities: [{ deploymentId: "Sales", current: [2, 3], agents: 1, versions: [{ version: 2, agents: 1 }] }],
	});
});

it("counts a panel that runs none of the deployment's scripts, or one that was taken away since", () => {
	const { entities } = openPanels([channel("ann", ["Sales", 0]), channel("bob", ["Taken away", 2])], there);
	expect(entities.map(({ versions }) => versions)).toEqual([[{ version: 0, agents: 1 }], [{ version: 2, agents: 1 }]]);
});

it("listed any version that an agent had made up where there is no script", () => {
	const made = [channel("eve", ["New", 7]), channel("mal", ["Taken away", 3])];
	expect(openPanels(made, there)).toEqual({ agents: 0, entities: [] });
	expect(openPanels([channel("ann", ["New", 0])], there)).toMatchObject({ agents: 1 });
});
