import { expect, it } from "vitest";
import { ApiError } from "./api.ts";

it.each([
	["ip.not.authorized", 401, false],
	["bad.credentials", 401, true],
	["authentication.required", 401, true],
	["missing.permissions", 403, false],
])("whoever may not work from their address was told that their session had ended: %s (%d)", (code, status, isOver) => {
	expect(new ApiError(status, { code, message: "…", messageParams: {} }).isSignedOut).toBe(isOver);
});
