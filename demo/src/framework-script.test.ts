import { createContext, runInContext } from "node:vm";
import { expect, it } from "vitest";
import { clientIds } from "./facts.ts";
import { demoFrameworkScript } from "./framework-script.ts";

it("is a classic script that fills in name, client id and theme, and keeps the sample's other settings", async () => {
	const window = {
		location: { search: "", origin: "http://api.test" },
		addEventListener: () => undefined,
		parent: { postMessage: () => undefined },
	};
	const page = createContext({
		window,
		document: { referrer: "" },
		navigator: { language: "en" },
		URL,
		URLSearchParams,
	});
	runInContext(await demoFrameworkScript("example.region"), page);
	const { config } = (window as unknown as { Framework: { config: Record<string, unknown> } }).Framework;
	expect(config).toMatchObject({
		name: "Inlay Demo CRM",
		clientIds: { "example.region": clientIds.panel },
		settings: { enableCallLogs: true, theme: { text: "#ffffff" } },
	});
});
