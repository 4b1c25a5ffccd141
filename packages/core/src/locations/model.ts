/** A place of the organization, such as a branch or a floor of it: `LocationDefinition` of the platform. */
export interface Location {
	id: string;
	name: string;
	state: "active" | "inactive";
	notes?: string;
	/** Whom to ask about it. */
	contactUserId?: string | undefined;
	emergencyNumber?: { e164?: string; number?: string; type?: string };
	address?: Partial<Record<AddressPart, string>>;
	/** The places that it is in, the outermost first. */
	path: string[];
	/** Grows with every change. */
	version: number;
}

export const addressParts = ["city", "country", "countryName", "state", "street1", "street2", "zipcode"] as const;
type AddressPart = (typeof addressParts)[number];

/** A location as it is asked for. */
export type LocationWish = Omit<Location, "id" | "version">;
