"""What cells printed where the course was built, for machines on which their processes cannot be started."""

MULTI_GPU = {
    "introduce": """\
rank 0: I am rank 0 of 4, process 4711
rank 1: I am rank 1 of 4, process 4712
rank 2: I am rank 2 of 4, process 4713
rank 3: I am rank 3 of 4, process 4714
the processes got what the threads got: True""",
    "data": """\
step  alone     4 processes
0     2.225286  2.225286
1     1.916219  1.916218
2     2.918993  2.918996
3     1.905885  1.905885
4     8.875667  8.875659
5     1.556442  1.556442
all replicas have the same weights, bit for bit: True
the ring computes what all_reduce computes: True
DDP, plain: 25.9773 % off
DDP, loss weighted: 0.0000 % off""",
    "zero": """\
stage 0: data all_reduce 774,400; as predicted: True
stage 1: data all_gather 774,400, data reduce_scatter 774,400; as predicted: True
stage 2: data all_gather 774,400, data reduce_scatter 774,400; as predicted: True
stage 3: data all_gather 1,530,112, data reduce_scatter 774,400; as predicted: True""",
    "tensor": """\
rank 0: sequence parallel: False; tensor all_reduce 1,182,720; as predicted: True
rank 0:   largest difference of 39 gradients: 4e-08
rank 0:   the same text: True
rank 0:   weights 774,400 and 388,352 bytes
rank 0:   KV cache 131,072 and 65,536 bytes
rank 0: sequence parallel: True; tensor all_gather 1,179,648, tensor all_reduce 5,376, \
tensor reduce_scatter 1,179,648; as predicted: True
rank 0:   largest difference of 39 gradients: 4e-08""",
    "pipeline": """\
waiting: 29 % (formula: 27 %)
loss of the last stage: 3.598094
one process:            3.598094
bytes sent by each stage: 131072 262144 262144 131072
as predicted: True""",
    "torchrun": """\
step  1 process   4 processes
   0  3.877433    3.877433
   1  2.906029    2.906029
   2  2.771520    2.771520
   3  2.305068    2.305068
   4  2.112271    2.112272
   5  1.855927    1.855927
   6  1.647805    1.647805
   7  1.624431    1.624431
equal to 0.00001: True
trained by 1 process, step 8: loss 1.53632
trained by 4 processes, step 8: loss 1.53632""",
}
