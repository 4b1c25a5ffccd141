import { describe } from "vitest";
import { FakeMediaEngine } from "../test-support/fake-media-engine.ts";
import { simulatedTrunk } from "./simulated-trunk.ts";
import { trunkContract } from "./trunk.contract.ts";

describe("the simulated trunk", () => {
	trunkContract(
		() => {
			const engine = new FakeMediaEngine({ playScripts: true });
			return { engine, trunk: simulatedTrunk(engine) };
		},
		{
			answering: "tel:+13175550123",
			busy: "tel:+13175550100",
			silent: "tel:+13175550199",
			refusing: "tel:+13175550197",
			unknown: "tel:+13175550196",
		},
	);
});
