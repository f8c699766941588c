/** Where the functions write their metrics, and the alarms and the dashboard read them. */
export const METRICS_NAMESPACE = 'CXoneTranscripts';
