import type { Db, Trx } from "../kernel/database/database.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		/** Sign-ins that led to the panel's page, which has kept what their challenge was made of. */
		oauth_panel_bindings: {
			family_id: string;
			client_id: string;
			user_id: string;
			redirect_uri: string;
			challenge: string;
			expires_at: Date;
		};
	}
}

/** A sign-in that led to the panel's own page. */
export interface PanelBinding {
	familyId: string;
	clientId: string;
	userId: string;
	/** The panel's page that it led to. */
	redirectUri: string;
	/** S256 of what that page alone knows. */
	challenge: string;
	expiresAt: Date;
}

export const postgresPanelBindings = {
	async add(trx: Trx, binding: PanelBinding): Promise<void> {
		await trx
			.insertInto("oauth_panel_bindings")
			.values({
				family_id: binding.familyId,
				client_id: binding.clientId,
				user_id: binding.userId,
				redirect_uri: binding.redirectUri,
				challenge: binding.challenge,
				expires_at: binding.expiresAt,
			})
			.execute();
	},
	async find(db: Db, familyId: string): Promise<PanelBinding | undefined> {
		const row = await db
			.selectFrom("oauth_panel_bindings")
			.selectAll()
			.where("family_id", "=", familyId)
			.executeTakeFirst();
		return (
			row && {
				familyId,
				clientId: row.client_id,
				userId: row.user_id,
				redirectUri: row.redirect_uri,
				challenge: row.challenge,
				expiresAt: row.expires_at,
			}
		);
	},
};
