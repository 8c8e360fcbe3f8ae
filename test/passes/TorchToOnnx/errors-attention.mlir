// What attention operators need to be constant or known, and what has no ONNX form.
// RUN: torch-onnx-opt %s --split-input-file --torch-to-onnx --verify-diagnostics

func.func @causal(%query: !torch.tensor<[1,4,3,2],f32>, %key: !torch.tensor<[1,4,3,2],f32>, %value: !torch.tensor<[1,4,3,2],f32>, %is_causal: !torch.bool) -> !torch.tensor<[1,4,3,2],f32> {
  %none = torch.constant none
  %float0.0 = torch.constant 0.0 : !torch.float
  %false = torch.constant false
  // expected-error @below {{cannot convert aten.scaled_dot_product_attention: its arguments are not constant}}
  %0 = torch.aten.scaled_dot_product_attention %query, %key, %value, %none, %float0.0, %is_causal, %none, %false : !torch.tensor<[1,4,3,2],f32>, !torch.tensor<[1,4,3,2],f32>, !torch.tensor<[1,4,3,2],f32>, !torch.none, !torch.float, !torch.bool, !torch.none, !torch.bool -> !torch.tensor<[1,4,3,2],f32>
  return %0 : !torch.tensor<[1,4,3,2],f32>
}

// -----

func.func @dropout(%query: !torch.tensor<[1,4,3,2],f32>, %key: !torch.tensor<[1,4,3,2],f32>, %value: !torch.tensor<[1,4,3,2],f32>) -> !torch.tensor<[1,4,3,2],f32> {
  %none = torch.constant none
  %float0.5 = torch.constant 0.5 : !torch.float
  %false = torch.constant false
  // expected-error @below {{cannot convert aten.scaled_dot_product_attention: it drops out at random; export the model after model.eval()}}
  %0 = torch.aten.scaled_dot_product_attention %query, %key, %value, %none, %float0.5, %false, %none, %false : !torch.tensor<[1,4,3,2],f32>, !torch.tensor<[1,4,3,2],f32>, !torch.tensor<[1,4,3,2],f32>, !torch.none, !torch.float, !torch.bool, !torch.none, !torch.bool -> !torch.tensor<[1,4,3,2],f32>
  return %0 : !torch.tensor<[1,4,3,2],f32>
}

// -----

func.func @heads(%query: !torch.tensor<[1,?,3,2],f32>, %key: !torch.tensor<[1,4,3,2],f32>, %value: !torch.tensor<[1,4,3,2],f32>) -> !torch.tensor<[1,?,3,2],f32> {
  %none = torch.constant none
  %float0.0 = torch.constant 0.0 : !torch.float
  %false = torch.constant false
  %true = torch.constant true
  // expected-error @below {{cannot convert aten.scaled_dot_product_attention: the number of heads is unknown}}
  %0 = torch.aten.scaled_dot_product_attention %query, %key, %value, %none, %float0.0, %false, %none, %true : !torch.tensor<[1,?,3,2],f32>, !torch.tensor<[1,4,3,2],f32>, !torch.tensor<[1,4,3,2],f32>, !torch.none, !torch.float, !torch.bool, !torch.none, !torch.bool -> !torch.tensor<[1,?,3,2],f32>
  return %0 : !torch.tensor<[1,?,3,2],f32>
}

// -----

func.func @attention_results(%query: !torch.tensor<[1,4,3,2],f32>, %key: !torch.tensor<[1,4,3,2],f32>, %value: !torch.tensor<[1,4,3,2],f32>) -> (!torch.tensor<[1,4,3,2],f32>, !torch.tensor<[1,4,3],f32>) {
  %float0.0 = torch.constant 0.0 : !torch.float
  %false = torch.constant false
  %none = torch.constant none
  // expected-error @below {{cannot convert aten._scaled_dot_product_flash_attention_for_cpu: only its first result has an ONNX form}}
  %0, %1 = torch.aten._scaled_dot_product_flash_attention_for_cpu %query, %key, %value, %float0.0, %false, %none, %none : !torch.tensor<[1,4,3,2],f32>, !torch.tensor<[1,4,3,2],f32>, !torch.tensor<[1,4,3,2],f32>, !torch.float, !torch.bool, !torch.none, !torch.none -> !torch.tensor<[1,4,3,2],f32>, !torch.tensor<[1,4,3],f32>
  return %0, %1 : !torch.tensor<[1,4,3,2],f32>, !torch.tensor<[1,4,3],f32>
}

// -----

func.func @encoder(%src: !torch.tensor<[2,3,4],f32>, %qkv_weight: !torch.tensor<[12,4],f32>, %qkv_bias: !torch.tensor<[12],f32>, %proj_weight: !torch.tensor<[4,4],f32>, %proj_bias: !torch.tensor<[4],f32>, %eps: !torch.float, %norm_weight_1: !torch.tensor<[4],f32>, %norm_bias_1: !torch.tensor<[4],f32>, %norm_weight_2: !torch.tensor<[4],f32>, %norm_bias_2: !torch.tensor<[4],f32>, %ffn_weight_1: !torch.tensor<[4,4],f32>, %ffn_bias_1: !torch.tensor<[4],f32>, %ffn_weight_2: !torch.tensor<[4,4],f32>, %ffn_bias_2: !torch.tensor<[4],f32>) -> !torch.tensor<[2,3,4],f32> {
  %int4 = torch.constant 4 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %false = torch.constant false
  %none = torch.constant none
  // expected-error @below {{cannot convert aten._transformer_encoder_layer_fwd: its arguments are not constant}}
  %0 = torch.aten._transformer_encoder_layer_fwd %src, %int4, %int2, %qkv_weight, %qkv_bias, %proj_weight, %proj_bias, %false, %false, %eps, %norm_weight_1, %norm_bias_1, %norm_weight_2, %norm_bias_2, %ffn_weight_1, %ffn_bias_1, %ffn_weight_2, %ffn_bias_2, %none, %none : !torch.tensor<[2,3,4],f32>, !torch.int, !torch.int, !torch.tensor<[12,4],f32>, !torch.tensor<[12],f32>, !torch.tensor<[4,4],f32>, !torch.tensor<[4],f32>, !torch.bool, !torch.bool, !torch.float, !torch.tensor<[4],f32>, !torch.tensor<[4],f32>, !torch.tensor<[4],f32>, !torch.tensor<[4],f32>, !torch.tensor<[4,4],f32>, !torch.tensor<[4],f32>, !torch.tensor<[4,4],f32>, !torch.tensor<[4],f32>, !torch.none, !torch.none -> !torch.tensor<[2,3,4],f32>
  return %0 : !torch.tensor<[2,3,4],f32>
}

// -----

func.func @encoder_rank(%src: !torch.tensor<[2,4],f32>, %qkv_weight: !torch.tensor<[12,4],f32>, %qkv_bias: !torch.tensor<[12],f32>, %proj_weight: !torch.tensor<[4,4],f32>, %proj_bias: !torch.tensor<[4],f32>, %norm_weight_1: !torch.tensor<[4],f32>, %norm_bias_1: !torch.tensor<[4],f32>, %norm_weight_2: !torch.tensor<[4],f32>, %norm_bias_2: !torch.tensor<[4],f32>, %ffn_weight_1: !torch.tensor<[4,4],f32>, %ffn_bias_1: !torch.tensor<[4],f32>, %ffn_weight_2: !torch.tensor<[4,4],f32>, %ffn_bias_2: !torch.tensor<[4],f32>) -> !torch.tensor<[2,4],f32> {
  %int4 = torch.constant 4 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %false = torch.constant false
  %float1e_05 = torch.constant 1.0e-05 : !torch.float
  %none = torch.constant none
  // expected-error @below {{cannot convert aten._transformer_encoder_layer_fwd: its input is not of the form [batch, sequence, width]}}
  %0 = torch.aten._transformer_encoder_layer_fwd %src, %int4, %int2, %qkv_weight, %qkv_bias, %proj_weight, %proj_bias, %false, %false, %float1e_05, %norm_weight_1, %norm_bias_1, %norm_weight_2, %norm_bias_2, %ffn_weight_1, %ffn_bias_1, %ffn_weight_2, %ffn_bias_2, %none, %none : !torch.tensor<[2,4],f32>, !torch.int, !torch.int, !torch.tensor<[12,4],f32>, !torch.tensor<[12],f32>, !torch.tensor<[4,4],f32>, !torch.tensor<[4],f32>, !torch.bool, !torch.bool, !torch.float, !torch.tensor<[4],f32>, !torch.tensor<[4],f32>, !torch.tensor<[4],f32>, !torch.tensor<[4],f32>, !torch.tensor<[4,4],f32>, !torch.tensor<[4],f32>, !torch.tensor<[4,4],f32>, !torch.tensor<[4],f32>, !torch.none, !torch.none -> !torch.tensor<[2,4],f32>
  return %0 : !torch.tensor<[2,4],f32>
}

// -----

func.func @cross_attention(%query: !torch.tensor<[2,3,4],f32>, %key: !torch.tensor<[2,3,4],f32>, %value: !torch.tensor<[2,3,4],f32>, %qkv_weight: !torch.tensor<[12,4],f32>, %qkv_bias: !torch.tensor<[12],f32>, %proj_weight: !torch.tensor<[4,4],f32>, %proj_bias: !torch.tensor<[4],f32>) -> (!torch.tensor<[2,3,4],f32>, !torch.tensor<[2,3,3],f32>) {
  %int4 = torch.constant 4 : !torch.int
  %int2 = torch.constant 2 : !torch.int
  %none = torch.constant none
  %true = torch.constant true
  // expected-error @below {{cannot convert aten._native_multi_head_attention: it has an ONNX form only for self attention}}
  %0, %1 = torch.aten._native_multi_head_attention %query, %key, %value, %int4, %int2, %qkv_weight, %qkv_bias, %proj_weight, %proj_bias, %none, %true, %true, %none : !torch.tensor<[2,3,4],f32>, !torch.tensor<[2,3,4],f32>, !torch.tensor<[2,3,4],f32>, !torch.int, !torch.int, !torch.tensor<[12,4],f32>, !torch.tensor<[12],f32>, !torch.tensor<[4,4],f32>, !torch.tensor<[4],f32>, !torch.none, !torch.bool, !torch.bool, !torch.none -> !torch.tensor<[2,3,4],f32>, !torch.tensor<[2,3,3],f32>
  return %0, %1 : !torch.tensor<[2,3,4],f32>, !torch.tensor<[2,3,3],f32>
}
