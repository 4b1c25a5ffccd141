/** `WrapupCode` of the platform, as far as its page shows it. */
export interface WrapupCode {
	id: string;
	name: string;
	description?: string;
	division?: { id: string; name?: string };
}

export const newCode: WrapupCode = { id: "", name: "" };
