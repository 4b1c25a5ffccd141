import { analyticsMigrations } from "./analytics/migrations.ts";
import { foldedMigrations } from "./app-folded.ts";
import { auditMigrations } from "./audit/migrations.ts";
import { authorizationMigrations } from "./authorization/migrations.ts";
import { cannedResponseMigrations } from "./canned-responses/migrations.ts";
import { cobrowseMigrations } from "./cobrowse/migrations.ts";
import { analysisMigrations } from "./conversations/analysis/store.ts";
import { conversationsMigrations } from "./conversations/migrations.ts";
import { timelineMigrations } from "./conversations/timeline/store.ts";
import { deploymentsMigrations } from "./deployments/migrations.ts";
import { panelSessionMigrations } from "./deployments/panel-session-store.ts";
import { deskMigrations } from "./desks/migrations.ts";
import { diagnosticsMigrations } from "./diagnostics/migrations.ts";
import { emailMigrations } from "./email/migrations.ts";
import { externalContactMigrations } from "./external-contacts/migrations.ts";
import { forwardingMigrations } from "./forwarding/store.ts";
import { healthMigrations } from "./health/store.ts";
import type { Migrations } from "./kernel/database/migrations.ts";
import { eventLogMigrations } from "./kernel/events/event-log-migrations.ts";
import { idempotencyMigrations } from "./kernel/idempotency/store.ts";
import { storageMigrations } from "./kernel/storage/migrations.ts";
import { jobMigrations } from "./kernel/time/jobs.ts";
import { locationMigrations } from "./locations/migrations.ts";
import { messagingMigrations } from "./messaging/migrations.ts";
import { notificationsMigrations } from "./notifications/migrations.ts";
import { oauthMigrations } from "./oauth/migrations.ts";
import { outboundMigrations } from "./outbound/migrations.ts";
import { presenceMigrations } from "./presence/migrations.ts";
import { recordingsMigrations } from "./recordings/migrations.ts";
import { routingMigrations } from "./routing/migrations.ts";
import { scripterMigrations } from "./scripter/migrations.ts";
import { ssoMigrations } from "./sso/migrations.ts";
import { stationMigrations } from "./stations/migrations.ts";
import { transcriptionMigrations } from "./transcription/migrations.ts";
import { usersMigrations } from "./users/migrations.ts";
import { secondFactorMigrations } from "./users/second-factor/store.ts";
import { callQualityMigrations } from "./voice/quality/migrations.ts";
import { trunkMigrations } from "./voice/sip/store.ts";
import { voiceMigrations } from "./voice/webcalls/store.ts";
import { voicemailMigrations } from "./voicemail/migrations.ts";
import { webServiceMigrations } from "./web-services/migrations.ts";

/** The whole schema, domain by domain. */
export const allMigrations: Migrations[] = [
	eventLogMigrations,
	jobMigrations,
	idempotencyMigrations,
	authorizationMigrations,
	usersMigrations,
	secondFactorMigrations,
	oauthMigrations,
	deploymentsMigrations,
	panelSessionMigrations,
	presenceMigrations,
	routingMigrations,
	stationMigrations,
	conversationsMigrations,
	timelineMigrations,
	voiceMigrations,
	trunkMigrations,
	callQualityMigrations,
	notificationsMigrations,
	deskMigrations,
	storageMigrations,
	analyticsMigrations,
	analysisMigrations,
	recordingsMigrations,
	voicemailMigrations,
	transcriptionMigrations,
	forwardingMigrations,
	outboundMigrations,
	messagingMigrations,
	externalContactMigrations,
	scripterMigrations,
	cannedResponseMigrations,
	emailMigrations,
	cobrowseMigrations,
	diagnosticsMigrations,
	healthMigrations,
	auditMigrations,
	ssoMigrations,
	locationMigrations,
	foldedMigrations,
	webServiceMigrations,
];
