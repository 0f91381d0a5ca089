import { DATABASE, DATABASE_USER } from './postgresql.cts';

/** What the processes of one n8n in queue mode share. */
interface SharedServices {
	redisPort: number;
	postgresqlPort: number;
	/** Where 1CRM reaches the webhooks. */
	webhookUrl: string;
}

/** The environment that makes a process of n8n part of the queue. */
export function queueEnvironment(services: SharedServices): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(services.redisPort),
		...databaseEnvironment(services.postgresqlPort),
		// With n8n's two connections a burst of events makes it answer 503 ("Database is not ready!").
		DB_POSTGRESDB_POOL_SIZE: '10',
		N8N_WEBHOOK_URL: `${services.webhookUrl}/`,
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		// As docs/queue-mode.md recommends it.
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
		// n8n takes a minute and a half to notice that a worker has died. A test doesn't have to wait that long.
		QUEUE_WORKER_LOCK_DURATION: '15000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
		QUEUE_WORKER_STALLED_INTERVAL: '3000',
	};
}

/** The environment of processes of n8n that have the same database. */
export function databaseEnvironment(postgresqlPort: number): Record<string, string> {
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresqlPort),
		DB_POSTGRESDB_USER: DATABASE_USER,
		DB_POSTGRESDB_DATABASE: DATABASE,
		N8N_ENCRYPTION_KEY: 'the-same-for-all-processes',
	};
}
