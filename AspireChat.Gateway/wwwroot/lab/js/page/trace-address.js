export { traceAddress } from '../../../js/chat/trace-address.js';
