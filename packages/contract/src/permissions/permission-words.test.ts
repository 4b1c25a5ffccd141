import { expect, test } from "vitest";
import { permissionWords } from "./permission-words.ts";

test.each([
	["integration:customEmbeddableFramework:agent", "Integration > Custom Embeddable Framework > Agent"],
	["routing:agent:onqueue", "Routing > Agent > On Queue"],
	["oauth:client:add", "OAuth > Client > Add"],
	["outbound:dncList:view", "Outbound > DNC List > View"],
	["routing:*:view", "Routing > * > View"],
])("%s is %s", (permission, words) => {
	expect(permissionWords(permission)).toBe(words);
});
