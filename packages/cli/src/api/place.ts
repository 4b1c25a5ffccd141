/** Which server's public API a command speaks to: a self-hosted one by its address, or a region's by its name. */

export interface ApiPlace {
	/** Origin of the API. */
	api: string;
	/** Origin of sign-in and token endpoint. */
	login: string;
	/** A region's name, such as `mypurecloud.de`; absent for a server of one's own, which tells its own. */
	region?: string;
	/** Origin of the panels, where the name says it; a server of one's own tells it. */
	apps?: string;
}

/** What is wrong with the way in which a server was named or asked; the sentence is for a person. */
export class ApiPlaceError extends Error {}

/** Regions are given as the SDKs have them: `mypurecloud.de`, `usw2.pure.cloud` (platform-api 1.1). */
const regionName = /^(?!https?:)[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/**
 * @param given `--url` or `--region`; without either, `usual` (the address of this machine's Inlay)
 * @throws ApiPlaceError
 */
export function apiPlace(given: { url?: string; region?: string }, usual: string): ApiPlace {
	if (given.url && given.region) throw new ApiPlaceError("Give either --url or --region, not both.");
	if (given.region) {
		const region = given.region.trim().toLowerCase();
		if (!regionName.test(region)) {
			throw new ApiPlaceError(`“${given.region}” is no region. It has to be a name such as mypurecloud.de.`);
		}
		return { api: `https://api.${region}`, login: `https://login.${region}`, apps: `https://apps.${region}`, region };
	}
	const url = URL.parse(given.url ?? usual);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new ApiPlaceError(`“${given.url ?? usual}” is no address. It has to look like https://inlay.example.`);
	}
	return { api: url.origin, login: url.origin };
}
