import { describe, expect, it } from "vitest";
import { readPanelUrl } from "./panel-url.ts";

describe("the panel's address", () => {
	it("names the deployment and keeps the origin as base", () => {
		const url = readPanelUrl("https://cc.example/crm/embeddableFramework.html?deployment=d1&parentDomain=x");
		expect(url).toMatchObject({ base: "https://cc.example", deployment: "d1", partner: undefined, localScript: false });
	});

	it("finds a gateway's prefix and a partner's name", () => {
		const url = readPanelUrl("https://cc.example/platform/crm/acme%20crm/index.html");
		expect(url).toMatchObject({ base: "https://cc.example/platform", partner: "acme crm" });
	});

	it("reads flags in any case, and their absence as undecided", () => {
		const asked = readPanelUrl("https://cc/crm/index.html?dedicatedloginwindow=TRUE&crm=framework-local-secure");
		expect(asked).toMatchObject({ dedicatedLoginWindow: true, localScript: true });
		expect(readPanelUrl("https://cc/crm/index.html?dedicatedLoginWindow=false").dedicatedLoginWindow).toBe(false);
		expect(readPanelUrl("https://cc/crm/index.html").dedicatedLoginWindow).toBeUndefined();
	});

	it("takes the client that its address names, for a script whose clients this organization has not", () => {
		expect(readPanelUrl("https://cc/crm/index.html?clientIds=%20abc").clientId).toBe("abc");
		expect(readPanelUrl("https://cc/crm/index.html?clientIds=").clientId).toBeUndefined();
	});

	it("takes the single sign-on parameters", () => {
		expect(readPanelUrl("https://cc/crm/index.html?provider=okta&orgName=acme")).toMatchObject({
			provider: "okta",
			orgName: "acme",
		});
	});
});
