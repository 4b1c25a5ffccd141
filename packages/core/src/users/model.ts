/** A phone number or address of a user, in the platform's words (`Contact`). */
export interface Contact {
	address?: string;
	display?: string;
	/** PHONE, EMAIL or SMS. */
	mediaType?: string;
	/** PRIMARY, WORK, WORK2 … */
	type?: string;
	extension?: string;
	countryCode?: string;
}

export interface Image {
	resolution?: string;
	imageUri?: string;
}

/** Parts of a profile that the server keeps for its clients and never looks into. */
export interface Profile {
	certifications?: string[];
	profileSkills?: string[];
	biography?: unknown;
	employerInfo?: unknown;
}

/** Where somebody works (`Location`). */
export interface UserLocation {
	/** Of a place of the organization. */
	id: string;
	floorplanId?: string;
	coordinates?: Record<string, number>;
	notes?: string;
}

export type UserState = "active" | "inactive" | "deleted";

/** A person who can sign in. Its password never leaves the store. */
export interface User {
	id: string;
	name: string;
	email: string;
	username: string;
	department: string | null;
	title: string | null;
	preferredName: string | null;
	managerId: string | null;
	state: UserState;
	divisionId: string;
	acdAutoAnswer: boolean;
	addresses: Contact[];
	images: Image[];
	profile: Profile;
	/** The first one first. */
	locations: UserLocation[];
	/** Grows with every change; clients send the one that they have seen (platform-api 4.4). */
	version: number;
	dateCreated: Date;
	dateLastLogin: Date | null;
}

/** What it takes to create a user. */
export interface NewUser {
	/** Chosen by the server when absent. */
	id?: string;
	name: string;
	email: string;
	/** The e-mail address when absent. */
	username?: string;
	password?: string;
	/** The password is good for choosing another one at the first sign-in only. */
	mustChangePassword?: boolean;
	department?: string;
	title?: string;
	/** The home division when absent. */
	divisionId?: string;
	addresses?: Contact[];
	state?: UserState;
	acdAutoAnswer?: boolean;
}
