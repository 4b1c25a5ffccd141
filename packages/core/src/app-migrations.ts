import { conversationsMigrations } from "./conversations/migrations.ts";
import { authorizationMigrations } from "./authorization/migrations.ts";
import { eventLogMigrations } from "./kernel/event-log.ts";
import { jobMigrations } from "./kernel/jobs.ts";
import type { Migrations } from "./kernel/migrations.ts";
import { oauthMigrations } from "./oauth/migrations.ts";
import { presenceMigrations } from "./presence/migrations.ts";
import { routingMigrations } from "./routing/migrations.ts";
import { stationMigrations } from "./stations/migrations.ts";
import { usersMigrations } from "./users/migrations.ts";

/** The whole schema, domain by domain. */
export const allMigrations: Migrations[] = [
	eventLogMigrations,
	jobMigrations,
	authorizationMigrations,
	usersMigrations,
	oauthMigrations,
	presenceMigrations,
	routingMigrations,
	stationMigrations,
	conversationsMigrations,
];
