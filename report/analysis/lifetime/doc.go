// Package lifetime says what customers are worth to the firm: what they
// brought in, and what they can be expected to bring (METHOD 5).
package lifetime
