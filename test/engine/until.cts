export { until } from '../support/until.cts';
