import { type Api, listAll } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { needs } from "../../session/needs.ts";
import type { Self } from "../../session/self.ts";

const path = "/api/v2/outbound/wrapupcodemappings";

/** `WrapUpCodeMapping`. */
interface Wire {
	version: number;
	defaultSet: string[];
	mapping: Record<string, string[]>;
}

/** What wrap-up codes mean, with the organization's codes by name: none where one may not see them. */
export interface WrapupMapping extends Wire {
	codes: ReadonlyArray<{ id: string; name: string }>;
}

/** By wrap-up code what it means: its flags, sorted, with commas between; or `unsaid`. */
export type MappingForm = Record<string, string>;

/** What stands under every code that says nothing else. */
export const otherwise = "otherwise";
/** Of a code of which nothing is said: what stands under `otherwise` holds. */
export const unsaid = "-";

/** What wrap-up codes mean for the contacts of campaigns. */
export class MappingModel extends Edited<WrapupMapping, MappingForm> {
	constructor(api: Api, self: Self) {
		const mayList = () => self.rights.peek().may(needs.viewWrapupCodes);
		super({
			formOf: mappingFormOf,
			problemsOf: () => new Set(),
			async read() {
				const [mapping, codes] = await Promise.all([
					api.request<Wire>("GET", path),
					mayList() ? listAll<{ id: string; name: string }>(api, "/api/v2/routing/wrapupcodes") : [],
				]);
				return { ...mapping, codes };
			},
			async save(form, { version, codes }) {
				return { ...(await api.request<Wire>("PUT", path, { ...mappingBodyOf(form), version })), codes };
			},
		});
	}
}

export function mappingFormOf({ defaultSet, mapping, codes }: WrapupMapping): MappingForm {
	const silent = codes.map(({ id }) => [id, unsaid]);
	const said = Object.entries(mapping).map(([code, flags]) => [code, joined(flags)]);
	return { ...Object.fromEntries(silent), ...Object.fromEntries(said), [otherwise]: joined(defaultSet) };
}

export function mappingBodyOf(form: MappingForm): Pick<Wire, "defaultSet" | "mapping"> {
	const { [otherwise]: rest = "", ...codes } = form;
	const mapping = Object.entries(codes).flatMap(([code, flags]) => (flags === unsaid ? [] : [[code, parted(flags)]]));
	return { defaultSet: parted(rest), mapping: Object.fromEntries(mapping) };
}

const joined = (flags: readonly string[]) => [...flags].sort().join(",");
const parted = (flags: string) => flags.split(",").filter((one) => one !== "");
