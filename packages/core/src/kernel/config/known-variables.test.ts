import { expect, test } from "vitest";
import { unknownVariables } from "./known-variables.ts";

test("a misspelt variable was ignored in silence", () => {
	const env = {
		INLAY_PROT: "9000",
		INLAY_DATA_DIR: "/srv",
		INLAY_PORT: "1",
		DATABASE_URL: "x",
		INLAY_LIFELINE: "3",
		INLAY_URL: "https://cc.example.com",
		INLAY_TOKEN: "x",
		INLAY_CLIENT_ID: "x",
		INLAY_CLIENT_SECRET: "x",
		PATH: "",
	};
	expect(unknownVariables(env)).toEqual([
		"There is no variable INLAY_PROT; it is ignored. Did you mean INLAY_PORT?",
		"There is no variable INLAY_DATA_DIR; it is ignored. Did you mean INLAY_DATA?",
	]);
});
